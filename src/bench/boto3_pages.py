"""p50 and p99, in seconds, of list_objects_v2: endpoint bucket prefix callers calls."""

import concurrent.futures
import sys
import time

import boto3
from botocore.config import Config

endpoint, bucket, prefix, callers, calls = sys.argv[1:]
client = boto3.client("s3", endpoint_url=endpoint, config=Config(
    max_pool_connections=int(callers), s3={"addressing_style": "path"}))


def page(_):
    start = time.perf_counter()
    assert len(client.list_objects_v2(Bucket=bucket, Prefix=prefix, Delimiter="/")["Contents"]) == 1000
    return time.perf_counter() - start


with concurrent.futures.ThreadPoolExecutor(int(callers)) as pool:
    list(pool.map(page, range(int(callers))))
    times = sorted(pool.map(page, range(int(calls))))
print(times[len(times) // 2], times[len(times) * 99 // 100])
