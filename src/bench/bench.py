"""Wharf against the tools that a user would pick instead, in alternation, as ratios. Started by src/bench/run."""

import argparse
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUCKET = "bench"
NESTED, FLAT, BIG, HUGE, SMALL, IMPORTS = "nested/", "flat/", "big.bin", "huge.bin", "small/", "imports/"
RESULTS, RESULT, RUNS = "results/", "result.csv", "runs/"
KEYS = 1_000_000
# What an answer of a store takes that is some way off, in milliseconds.
DISTANCE = 20
GIB2 = 2 << 30
RANGE = 16 << 20


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def timed(command, stdin=None, env=None):
    """Seconds that a command takes; it has to succeed."""
    start = time.perf_counter()
    done = subprocess.run(command, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env)
    seconds = time.perf_counter() - start
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{done.stderr.decode()[-2000:]}")
    return seconds


class Stub:
    """A stub S3 server in a JVM of its own: generated trees and objects; what is sent to it is thrown away."""

    def __init__(self, folder, classpath, name="BenchStub", *arguments, scheme="http"):
        self.process = subprocess.Popen(
            ["java", "-Xmx1g", "-cp", classpath, "dev.wharf.bench." + name, *map(str, arguments)],
            stdout=subprocess.PIPE, stderr=open(folder / f"{name}.log", "w"), text=True)
        self.port = int(self.process.stdout.readline().split()[1])
        self.endpoint = f"{scheme}://127.0.0.1:{self.port}"

    def close(self):
        self.process.kill()


class Wire:
    """A way to a stub, plain or over TLS, and how each tool is sent there."""

    def __init__(self, stub, authority=None):
        self.stub, self.over = stub, ", over TLS" if authority else ""
        self.authority = authority and authority / "authority.pem"
        self.object = f"{stub.endpoint}/{BUCKET}/"
        self.java = [f"-Djavax.net.ssl.trustStore={authority}/authority.p12", "-Djavax.net.ssl.trustStorePassword=changeit"] \
            if authority else []
        self.env = dict(
            {name: value for name, value in os.environ.items() if not name.startswith("AWS_")},
            AWS_ACCESS_KEY_ID="bench", AWS_SECRET_ACCESS_KEY="bench-secret", AWS_DEFAULT_REGION="us-east-1",
            AWS_CONFIG_FILE="/dev/null", AWS_SHARED_CREDENTIALS_FILE="/dev/null", AWS_EC2_METADATA_DISABLED="true",
            RCLONE_CONFIG="/dev/null", RCLONE_CONFIG_STUB_TYPE="s3",
            RCLONE_CONFIG_STUB_PROVIDER="Other", RCLONE_CONFIG_STUB_ENDPOINT=stub.endpoint,
            RCLONE_CONFIG_STUB_ACCESS_KEY_ID="bench", RCLONE_CONFIG_STUB_SECRET_ACCESS_KEY="bench-secret",
            RCLONE_CONFIG_STUB_FORCE_PATH_STYLE="true", RCLONE_CONFIG_STUB_NO_CHECK_BUCKET="true",
            RCLONE_CONFIG_STUB_LIST_VERSION="2", RCLONE_CONFIG_STUB_REGION="us-east-1")
        if authority:
            self.env["RCLONE_CA_CERT"] = str(self.authority)

    def tool(self, *command):
        return lambda: timed(command, env=self.env)

    def aws(self, *command):
        trusted = ["--ca-bundle", self.authority] if self.authority else []
        return ["aws", "--endpoint-url", self.stub.endpoint, *trusted, "s3", *command]

    def curl(self, *arguments):
        return ["curl", "-sSf", *(["--cacert", self.authority] if self.authority else []), *arguments]


class Process:
    """One of ours."""

    def cpu(self):
        """Seconds of processor time since it began."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Store(Process):
    """A warm process that does what it is told, on an ObjectStore if no other is named."""

    def __init__(self, folder, classpath, endpoint, options=(), name="StoreBench"):
        self.process = subprocess.Popen(
            ["java", *options, "-cp", classpath, "dev.wharf.bench." + name, endpoint, BUCKET],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=open(folder / "store.log", "w"), text=True)
        assert self.process.stdout.readline() == "ready\n"

    def ask(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            sys.exit(f"{line}: the process ended, see store.log")
        return float(answer.split()[0])

    def end(self):
        """By itself, so that it can leave its classes behind."""
        self.process.stdin.close()
        self.process.wait()

    def close(self):
        self.process.kill()


class Service(Process):
    """Wharf itself, as its launcher starts it if no other command is said, with the stub as base storage."""

    def __init__(self, folder, endpoint, options=(), heap="256m", command=None, data=None):
        self.api, self.files = free_port(), free_port()
        self.data = data or folder / f"data-{self.api}"
        settings = {
            "data-dir": self.data, "http.port": self.api, "vfs.port": self.files, "observe.port": free_port(),
            "storage.bucket": BUCKET, "storage.endpoint": endpoint, "storage.path-style": "true",
            "storage.access-key-id": "bench", "storage.secret-access-key": "bench-secret",
            "limits.job-groups-per-user": 1_000_000, "limits.job-groups-per-workspace": 1_000_000}
        options = [*options, *(f"-Dwharf.{name}={value}" for name, value in settings.items())]
        start = time.perf_counter()
        launched = {} if command else {"WHARF_HEAP": heap}
        self.process = subprocess.Popen(
            command or [ROOT / "target/wharf/bin/wharf"],
            env=dict(os.environ, JDK_JAVA_OPTIONS=" ".join(options), **launched),
            stdout=open(folder / f"service-{self.api}.log", "w"), stderr=subprocess.STDOUT)
        while not self.answers():
            assert self.process.poll() is None, "the service ended, see its log"
            time.sleep(0.01)
        self.started = time.perf_counter() - start
        self.authorization = "Authorization: Bearer " + (self.data / "admin.token").read_text().strip()

    def answers(self):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{self.api}/v4/open-api-spec")
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False
        return True

    def curl(self, *arguments):
        return ["curl", "-sSf", "-H", self.authorization, *map(str, arguments)]

    def url(self, operation, key, **query):
        rest = "".join(f"&{name}={value}" for name, value in query.items())
        return f"http://127.0.0.1:{self.api}/{operation}?uri=s3://{BUCKET}/{key}{rest}"

    def json(self, path, body=None):
        """An answer of the API; a POST where there is a body."""
        request = ["-H", "Content-Type: application/json", "-d", json.dumps(body)] if body else []
        answer = subprocess.run(
            self.curl(*request, f"http://127.0.0.1:{self.api}/v4/{path}"), check=True, stdout=subprocess.PIPE)
        return json.loads(answer.stdout)

    def runs(self, count):
        """So many runs over the four small files, to their end."""
        dataset = self.json("importedDatasets", {"uri": f"s3://{BUCKET}/{RUNS}", "name": "runs"})
        ids = []
        for number in range(count):
            target = {"path": f"s3://{BUCKET}/out/{self.api}-{number}/r.csv", "action": "create", "format": "csv"}
            ids.append(self.json("jobGroups", {
                "wrangledDataset": {"id": dataset["id"]}, "overrides": {"writesettings": [target]}})["id"])
        for group in ids:
            self.ended(group)

    def ended(self, group):
        """Waits until a job is complete; each look takes of the same processor, so it is not one of curl's."""
        asked = urllib.request.Request(
            f"http://127.0.0.1:{self.api}/v4/jobGroups/{group}/status",
            headers=dict([self.authorization.split(": ", 1)]))
        while (status := json.load(urllib.request.urlopen(asked))) != "Complete":
            assert status in ("Created", "Pending", "InProgress"), status
            time.sleep(0.1)

    def close(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


class Jobs:
    """Wharf itself, warm, which does the jobs that it is told to; Java is told what the launcher tells it."""

    def __init__(self, folder, classpath, endpoint, options=("-Xmx128m", "-XX:+UseSerialGC", "-XX:NewRatio=6")):
        data = folder / f"jobs-{free_port()}"
        self.process = subprocess.Popen(
            ["java", *options, f"-Ddev.wharf.home={ROOT}", "-cp", classpath, "dev.wharf.bench.JobBench", endpoint, BUCKET, str(data)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=open(folder / "jobs.log", "w"), text=True)
        self.answer("ready")

    def answer(self, pattern):
        """The next line that is meant for us: the service logs to the same place."""
        for line in self.process.stdout:
            if re.match(pattern, line):
                return line
        sys.exit("the process ended, see jobs.log")

    def ask(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return float(self.answer(r"\d+\.\d{4}$"))

    def close(self):
        self.process.kill()


def resident(process):
    """In MB."""
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1000


class Nginx:
    """nginx as the reverse proxy that a user would put before a store."""

    def __init__(self, folder, wire):
        self.port = free_port()
        trusted = f"proxy_ssl_verify on; proxy_ssl_trusted_certificate {wire.authority}; proxy_ssl_name store;" if wire.authority else ""
        configuration = folder / "nginx.conf"
        configuration.write_text(f"""
            worker_processes 2; daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
            events {{ worker_connections 256; }}
            http {{
                access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
                fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
                server {{
                    listen 127.0.0.1:{self.port}; client_max_body_size 0;
                    location / {{
                        proxy_pass {wire.stub.endpoint}; proxy_http_version 1.1; {trusted}
                        proxy_request_buffering off; proxy_max_temp_file_size 0;
                    }}
                }}
            }}""")
        self.process = subprocess.Popen(["nginx", "-c", str(configuration)], stderr=subprocess.DEVNULL)
        time.sleep(1)

    def url(self, key):
        return f"http://127.0.0.1:{self.port}/{BUCKET}/{key}"

    def close(self):
        self.process.terminate()


class Bench:
    def __init__(self, folder, rounds, mib):
        self.folder, self.rounds, self.mib = folder, rounds, mib
        self.number = 0
        jars = (ROOT / "target/bench.classpath").read_text()
        self.classpath = f"{ROOT}/target/test-classes:{ROOT}/target/classes:{jars}"
        self.stub = Stub(folder, self.classpath)
        self.plain, self.secure = Wire(self.stub), None
        self.env = self.plain.env
        self.rows = []

    def wires(self):
        """The plain way to the stub, and one over TLS to another of its kind, by an authority that is made now."""
        if not self.secure:
            authority = self.folder / "authority"
            authority.mkdir()
            self.secure = Wire(Stub(self.folder, self.classpath, "BenchStub", 0, authority, scheme="https"), authority)
        return self.plain, self.secure

    def close(self):
        self.stub.close()
        if self.secure:
            self.secure.stub.close()

    def jars(self):
        """A class path without folders, of which Java keeps no classes in an archive."""
        ours = self.folder / "bench.jar"
        if not ours.exists():
            shutil.move(shutil.make_archive(str(self.folder / "bench"), "zip", ROOT / "target/test-classes"), ours)
        return f"{ours}:{ROOT}/target/wharf/wharf.jar:{(ROOT / 'target/bench.classpath').read_text()}"

    def fresh(self, stem="out"):
        """A key that nobody has written yet."""
        self.number += 1
        return f"{stem}/{os.getpid()}-{self.number}"

    def alternate(self, work, contenders, bars, warm=1):
        """Times all in turn. The first is ours, and runs unmeasured before, so often as warm says, for a JVM compiles
        what runs often, in the time that the work leaves it; bars are {contender: ratio}."""
        for index, contender in enumerate(contenders.values()):
            for _ in range(1 if index else warm):
                contender()
        seconds = {name: [] for name in contenders}
        for _ in range(self.rounds):
            for name, contender in contenders.items():
                seconds[name].append(contender())
        medians = {name: statistics.median(times) for name, times in seconds.items()}
        ours = next(iter(contenders))
        print(f"\n{work}")
        for name, times in seconds.items():
            print(f"  {name:42} {medians[name]:8.3f} s   ({min(times):.3f} to {max(times):.3f})")
        for name, bar in bars.items():
            self.row(work, name, medians[ours] / medians[name], bar)

    def row(self, work, against, ratio, bar):
        kept = "yes" if ratio <= bar else "NO"
        print(f"  {ratio:.2f} x {against}; the bar is {bar}: {kept}")
        self.rows.append(f"| {work} | {against} | {ratio:.2f} | {bar} | {kept} |")

    # What is measured

    def listing(self):
        """1,000,000 nested keys, from an HTTP client to S3 and back as NDJSON."""
        with closing(Service(self.folder, self.stub.endpoint)) as service:
            rows = self.folder / "rows"
            stream = service.curl("-H", "Accept: application/x-ndjson")
            subprocess.run([*stream, "-o", rows, service.url("vfsList", NESTED, recursive="true")], check=True)
            with open(rows, "rb") as lines:
                keys = {json.loads(line)["uri"] for line in lines}
            assert len(keys) == KEYS, f"{len(keys)} keys instead of {KEYS}"
            bucket = f"s3://{BUCKET}/{NESTED}"
            self.alternate(
                "list 1,000,000 nested keys",
                {
                    "Wharf, NDJSON": lambda: timed(
                        [*stream, "-o", "/dev/null", service.url("vfsList", NESTED, recursive="true")]),
                    "Wharf, NDJSON, sorted": lambda: timed(
                        [*stream, "-o", "/dev/null", service.url("vfsList", NESTED, recursive="true", sort="name")]),
                    "rclone lsf -R --fast-list": self.plain.tool("rclone", "lsf", "-R", "--fast-list", f"stub:{BUCKET}/{NESTED}"),
                    "aws s3 ls --recursive": self.plain.tool(*self.plain.aws("ls", "--recursive", bucket)),
                    "the pages, thrown away": lambda: self.floor(NESTED),
                },
                {"rclone lsf -R --fast-list": 0.2, "aws s3 ls --recursive": 0.2})

    def floor(self, prefix):
        """Fetches the same pages one after another and looks for nothing in them but the next token."""
        start = time.perf_counter()
        token, keys = "", 0
        connection = __import__("http.client").client.HTTPConnection("127.0.0.1", self.stub.port)
        while token is not None:
            connection.request("GET", f"/{BUCKET}?list-type=2&prefix={prefix}&encoding-type=url{token}")
            page = connection.getresponse().read()
            next_token = re.search(rb"<NextContinuationToken>([^<]*)", page)
            token = "&continuation-token=" + urllib.request.quote(next_token[1], safe="") if next_token else None
        return time.perf_counter() - start

    def importing(self):
        """100,000 nested files become a dataset, each with its row in the manifest; the store takes 20 ms a page."""
        with closing(Service(self.folder, self.stub.endpoint)) as service:
            url = f"http://127.0.0.1:{service.api}/v4/importedDatasets"

            def wharf(check):
                body = {"uri": f"s3://{BUCKET}/{IMPORTS}", "name": self.fresh("imported"), "structureCheck": check}
                return lambda: timed(service.curl("-o", self.folder / "dataset", "-H", "Content-Type: application/json",
                                                  "-d", json.dumps(body), url))

            wharf("none")()
            dataset = json.loads((self.folder / "dataset").read_text())
            assert dataset["fileCount"] == 100_000, dataset
            self.alternate(
                "import 100,000 nested files",
                {
                    "Wharf, structureCheck=none": wharf("none"),
                    "Wharf, structureCheck=sample": wharf("sample"),
                    "rclone lsf -R --fast-list": self.plain.tool("rclone", "lsf", "-R", "--fast-list", f"stub:{BUCKET}/{IMPORTS}"),
                },
                {"rclone lsf -R --fast-list": 0.5})

    def previews(self):
        """The first rows of a CSV and of a Parquet file, of 2 GiB each; each request to the store takes 30 ms."""
        with closing(Stub(self.folder, self.classpath, "PreviewStub", self.mib, self.folder)) as stub, \
                closing(Service(self.folder, stub.endpoint)) as service:
            url = f"http://127.0.0.1:{service.api}/v4/importedDatasets"
            for key in ("big.csv", "big.parquet"):
                body = json.dumps({"uri": f"s3://{BUCKET}/{key}", "name": key})
                dataset = self.json(service.curl("-H", "Content-Type: application/json", "-d", body, url))
                rows = service.curl(f"{url}/{dataset['id']}/preview")
                preview = self.json(rows)
                assert len(preview["data"]) == 100, preview
                ranged = ["aws", "--endpoint-url", stub.endpoint, "s3api", "get-object", "--bucket", BUCKET, "--key", key,
                          "--range", f"bytes=0-{RANGE - 1}", self.folder / "range"]
                for _ in range(10):
                    timed(rows)
                timed(ranged, env=self.env)
                pairs = [(timed(rows), timed(ranged, env=self.env)) for _ in range(max(5, self.rounds))]
                ratios = sorted(ours / theirs for ours, theirs in pairs)
                ours, theirs = (statistics.median(times) for times in zip(*pairs))
                work = f"first 100 rows of {key}, {preview['size'] / GIB2 * 2:.1f} GiB"
                print(f"\n{work}\n  Wharf {ours:.3f} s for {preview['bytesRead'] / (1 << 20):.2f} MiB of the store,"
                      f" aws s3api get-object {theirs:.3f} s for {RANGE >> 20} MiB;"
                      f" {ratios[0]:.2f} to {ratios[-1]:.2f} x in {len(ratios)} pairs")
                self.row(work, "its first 16 MiB, aws s3api get-object", statistics.median(ratios), 1.0)

    def json(self, command):
        return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)

    def run(self):
        """A job over CSV files in a store, to one Parquet file in it, against DuckDB over local copies of the same files."""
        rows = self.folder / "rows"
        mib = min(self.mib, 1024)
        with closing(Stub(self.folder, self.classpath, "RunStub", mib, 100, rows)) as stub, \
                closing(Service(self.folder, stub.endpoint)) as service, \
                closing(Store(self.folder, self.classpath, "", name="DuckDbBench")) as duckdb:
            api = f"http://127.0.0.1:{service.api}/v4"
            typed = service.curl("-H", "Content-Type: application/json")
            dataset = self.json([*typed, "-d", json.dumps({"uri": f"s3://{BUCKET}/rows/", "name": "rows"}),
                                 f"{api}/importedDatasets"])
            assert dataset["fileCount"] == 100, dataset

            def wharf():
                setting = {"path": f"s3://{BUCKET}/{self.fresh()}.parquet", "action": "create", "format": "pqt"}
                body = {"wrangledDataset": {"id": dataset["id"]}, "overrides": {"writesettings": [setting]}}
                start = time.perf_counter()
                service.ended(self.json([*typed, "-d", json.dumps(body), f"{api}/jobGroups"])["id"])
                return time.perf_counter() - start

            def local():
                out = self.folder / "rows.parquet"
                seconds = duckdb.ask(f"COPY (SELECT * FROM read_csv('{rows}/*.csv')) TO '{out}'"
                                     " (FORMAT parquet, COMPRESSION zstd)")
                out.unlink()
                return seconds

            size = sum(file.stat().st_size for file in rows.iterdir()) / (1 << 30)
            self.alternate(
                f"a run of {size:.2f} GiB of CSV in 100 files to one Parquet",
                {"Wharf, the fetching included": wharf, "DuckDB on local copies": local},
                {"DuckDB on local copies": 1.5}, warm=5)

    def folder_page(self):
        """A page of 1,000 keys: Wharf and boto3 with 50 callers each, and with one."""
        with closing(Service(self.folder, self.stub.endpoint)) as service:
            url = service.url("vfsList", FLAT, limit=1000)

            def wharf(callers, calls):
                out = self.folder / "ab.csv"
                subprocess.run(["ab", "-q", "-k", "-c", str(callers), "-n", str(calls), "-e", out,
                                "-H", service.authorization, url], check=True, stdout=subprocess.DEVNULL)
                cells = dict(line.split(",") for line in out.read_text().splitlines()[1:])
                return float(cells["50"]) / 1000, float(cells["99"]) / 1000

            def boto3(callers, calls):
                out = subprocess.run(
                    [sys.executable, ROOT / "src/bench/boto3_pages.py", self.stub.endpoint, BUCKET, FLAT,
                     str(callers), str(calls)], check=True, stdout=subprocess.PIPE, env=self.env).stdout.split()
                return float(out[0]), float(out[1])

            for callers, calls in ((50, 500), (1, 100)):
                wharf(callers, calls)
                ours, theirs = [], []
                for _ in range(self.rounds):
                    ours.append(wharf(callers, calls))
                    theirs.append(boto3(callers, calls))
                for index, name in ((0, "p50"), (1, "p99")):
                    mine, other = (statistics.median(run[index] for run in runs) for runs in (ours, theirs))
                    work = f"folder page of 1,000 keys, {name}, {callers} caller{'s' if callers > 1 else ''}"
                    print(f"\n{work}\n  Wharf {mine * 1000:.1f} ms, boto3 {other * 1000:.1f} ms")
                    self.row(work, "boto3 list_objects_v2", mine / other, 1.3)

    def read(self):
        """ObjectStore reads 2 GiB."""
        for wire in self.wires():
            with closing(Store(self.folder, self.classpath, wire.stub.endpoint, wire.java)) as store:
                self.alternate(
                    "ObjectStore reads 2 GiB" + wire.over,
                    {
                        "ObjectStore.read": lambda: store.ask(f"read {BIG}"),
                        "curl": wire.tool(*wire.curl("-o", "/dev/null", wire.object + BIG)),
                        "aws s3 cp": wire.tool(*wire.aws("cp", "--quiet", f"s3://{BUCKET}/{BIG}", "/dev/shm/wharf-bench")),
                        "rclone cat": wire.tool("rclone", "cat", f"stub:{BUCKET}/{BIG}"),
                    },
                    {"aws s3 cp": 1.0} if wire.over else {"curl": 1.1, "aws s3 cp": 1.0})
                pathlib.Path("/dev/shm/wharf-bench").unlink(missing_ok=True)

    def read_small(self):
        """ObjectStore reads 10,000 objects of 10 KiB."""
        target = pathlib.Path("/dev/shm/wharf-bench-small")
        for wire in self.wires():
            with closing(Store(self.folder, self.classpath, wire.stub.endpoint, wire.java)) as store:
                def rclone():
                    shutil.rmtree(target, ignore_errors=True)
                    return timed(["rclone", "copy", "--transfers", "16", f"stub:{BUCKET}/{SMALL}", target], env=wire.env)

                self.alternate(
                    "ObjectStore reads 10,000 objects of 10 KiB" + wire.over,
                    {"ObjectStore.read, 8 threads": lambda: store.ask(f"read-many {SMALL} 8"),
                     "rclone copy --transfers 16": rclone},
                    {"rclone copy --transfers 16": 0.8}, warm=20)
        shutil.rmtree(target, ignore_errors=True)

    def download(self):
        """2 GiB through the service to an HTTP client."""
        for wire in self.wires():
            with closing(Service(self.folder, wire.stub.endpoint, wire.java)) as service, closing(Nginx(self.folder, wire)) as nginx:
                self.alternate(
                    "2 GiB through the service to an HTTP client" + wire.over,
                    {
                        "Wharf, vfsRead": lambda: timed(service.curl("-o", "/dev/null", service.url("vfsRead", BIG))),
                        "nginx as reverse proxy": wire.tool("curl", "-sSf", "-o", "/dev/null", nginx.url(BIG)),
                    },
                    {"nginx as reverse proxy": 1.6 if wire.over else 1.3})

    def upload(self):
        """An HTTP client uploads 2 GiB through the service, at -Xmx128m."""
        for wire in self.wires():
            with closing(Service(self.folder, wire.stub.endpoint, wire.java, heap="128m")) as service, \
                    closing(Nginx(self.folder, wire)) as nginx:
                url = f"http://127.0.0.1:{service.api}/v4/uploads?name=big.bin"
                spent = []

                def wharf():
                    before = service.cpu()
                    seconds = timed(service.curl("-o", "/dev/null", "-T", self.file(), url))
                    spent.append((service.cpu() - before) / (GIB2 >> 30))
                    return seconds

                self.alternate(
                    "an HTTP client uploads 2 GiB through the service" + wire.over,
                    {
                        "Wharf, PUT /v4/uploads": wharf,
                        "nginx, request buffering off": lambda: timed(
                            ["curl", "-sSf", "-o", "/dev/null", "-T", self.file(), nginx.url(self.fresh())]),
                    },
                    {"nginx, request buffering off": 1.6 if wire.over else 1.4}, warm=6)
                print(f"  {statistics.median(spent[-self.rounds:]):.2f} CPU seconds of the service a GiB")

    def file(self):
        """2 GiB of a file, in memory, so that no disk is measured."""
        path = pathlib.Path("/dev/shm/wharf-bench-2g")
        if not path.exists():
            block = os.urandom(1 << 20)
            with open(path, "wb") as out:
                for _ in range(GIB2 >> 20):
                    out.write(block)
        return str(path)

    def write(self):
        """ObjectStore writes 2 GiB from a file, at -Xmx128m."""
        for wire in self.wires():
            with closing(Store(self.folder, self.classpath, wire.stub.endpoint, ["-Xmx128m", *wire.java])) as store:
                self.alternate(
                    "ObjectStore writes 2 GiB from a file" + wire.over,
                    {
                        "ObjectStore.write": lambda: store.ask(f"write {self.file()} {self.fresh()}"),
                        "curl -T": lambda: timed(wire.curl("-T", self.file(), wire.object + self.fresh())),
                        "aws s3 cp": lambda: timed(
                            wire.aws("cp", "--quiet", self.file(), f"s3://{BUCKET}/{self.fresh()}"), env=wire.env),
                        "rclone copyto": lambda: timed(
                            ["rclone", "copyto", self.file(), f"stub:{BUCKET}/{self.fresh()}"], env=wire.env),
                    },
                    {"aws s3 cp": 0.5, "rclone copyto": 1.0} if wire.over
                    else {"curl -T": 2.0, "aws s3 cp": 1.0, "rclone copyto": 1.0}, warm=6)

    def write_small(self):
        """ObjectStore writes 10,000 objects of 10 KiB: warm, and by a process that has just begun."""
        folder = pathlib.Path("/dev/shm/wharf-bench-10k")
        folder.mkdir(exist_ok=True)
        for number in range(10_000):
            (folder / f"{number:05}.bin").write_bytes(os.urandom(10 << 10))
        for wire in self.wires():
            def started(*options):
                return Store(self.folder, self.jars(), wire.stub.endpoint, [*options, *wire.java])

            def wharf(store):
                return store.ask(f"write-many {folder} {self.fresh()}/ 8")

            def cold():
                with closing(started(f"-XX:SharedArchiveFile={archive}", "-Xlog:cds=off", "-XX:+UseSerialGC")) as new:
                    return wharf(new)

            def rclone():
                return timed(["rclone", "copy", "--transfers", "16", folder, f"stub:{BUCKET}/{self.fresh()}"], env=wire.env)

            work = "10,000 objects of 10 KiB written by ObjectStore"
            with closing(started()) as store:
                self.alternate(
                    work + wire.over,
                    {"ObjectStore.write, 8 threads": lambda: wharf(store), "rclone copy --transfers 16": rclone},
                    {"rclone copy --transfers 16": 0.6}, warm=20)
            archive = self.folder / "store.jsa"  # as a service has one that its launcher has started
            archive.unlink(missing_ok=True)
            with closing(started(f"-XX:ArchiveClassesAtExit={archive}", "-Xlog:cds=off", "-XX:+UseSerialGC")) as first:
                wharf(first)
                first.end()
            self.alternate(
                "the same in the first ten seconds of a process" + wire.over,
                {"ObjectStore.write, 8 threads": cold, "rclone copy --transfers 16": rclone},
                {"rclone copy --transfers 16": 1.0})
        shutil.rmtree(folder)

    def copy(self):
        """2 GiB copied inside one store."""
        with closing(Store(self.folder, self.classpath, self.stub.endpoint)) as store:
            self.alternate(
                "2 GiB copy inside one store",
                {
                    "ObjectStore.copy": lambda: store.ask(f"copy {BIG} {self.fresh()}"),
                    "aws s3 cp s3:// s3://": lambda: timed(
                        self.plain.aws("cp", "--quiet", f"s3://{BUCKET}/{BIG}", f"s3://{BUCKET}/{self.fresh()}"), env=self.env),
                },
                {"aws s3 cp s3:// s3://": 0.3})

    def publishing(self):
        """A job publishes 1,000 files of 100 KiB within the store: staged, made visible, marked, listed."""
        with closing(Stub(self.folder, self.classpath, "BenchStub", DISTANCE)) as far:
            for stub, where in ((self.stub, "on this machine"), (far, f"{DISTANCE} ms away")):
                env = dict(self.env, RCLONE_CONFIG_STUB_ENDPOINT=stub.endpoint)
                with closing(Jobs(self.folder, self.classpath, stub.endpoint)) as jobs:
                    self.alternate(
                        f"publish 1,000 files of 100 KiB within a store {where}",
                        {
                            "Wharf, one job": lambda: jobs.ask(f"files 1000 {RESULTS}"),
                            "aws s3 cp --recursive": lambda: timed(
                                ["aws", "--endpoint-url", stub.endpoint, "s3", "cp", "--recursive", "--quiet",
                                 f"s3://{BUCKET}/{RESULTS}", f"s3://{BUCKET}/{self.fresh()}/"], env=env),
                            "rclone copy": lambda: timed(
                                ["rclone", "copy", f"stub:{BUCKET}/{RESULTS}", f"stub:{BUCKET}/{self.fresh()}"], env=env),
                        },
                        {"aws s3 cp --recursive": 1.0, "rclone copy": 1.0}, warm=12)

    def across(self):
        """A job publishes one file of 5 GiB from one store to another, at -Xmx128m."""
        with closing(Stub(self.folder, self.classpath)) as other, closing(Jobs(self.folder, self.classpath, self.stub.endpoint)) as jobs:
            env = dict(self.env)
            for name, value in self.env.items():
                if name.startswith("RCLONE_CONFIG_STUB_"):
                    env[name.replace("_STUB_", "_OTHER_")] = value
            env["RCLONE_CONFIG_OTHER_ENDPOINT"] = other.endpoint
            self.alternate(
                "publish one file of 5 GiB from one store to another",
                {
                    "Wharf, one job": lambda: jobs.ask(f"across {HUGE} {other.endpoint}"),
                    "rclone copyto": lambda: timed(
                        ["rclone", "copyto", f"stub:{BUCKET}/{HUGE}", f"other:{BUCKET}/{self.fresh()}"], env=env),
                },
                {"rclone copyto": 1.2})

    def jobs(self):
        """Jobs a second on one node that is warm, from the message or the request to _SUCCESS; and what a service holds
        that its launcher has started, after 200 runs."""
        with closing(Jobs(self.folder, self.classpath, self.stub.endpoint)) as jobs:
            for work, line, count, warm, least in (
                    ("publications of one small file", f"jobs 400 {RESULT}", 400, 10, 50),
                    ("runs over four small files, published", f"runs 200 {RUNS}", 200, 8, 30)):
                print(f"\n{work}, while it warms up:", *(f"{count / jobs.ask(line):.0f}" for _ in range(warm)), "a second")
                rates = sorted(count / jobs.ask(line) for _ in range(self.rounds))
                rate = statistics.median(rates)
                print(f"{work}: {rate:.1f} a second ({rates[0]:.1f} to {rates[-1]:.1f})")
                self.row(f"{work}, the bar is {least} a second", "the bar", least / rate, 1.0)
        heap = "128m"
        with closing(Service(self.folder, self.stub.endpoint, heap=heap)) as service:
            service.runs(1)  # the first one leaves its classes
        with closing(Service(self.folder, self.stub.endpoint, heap=heap)) as service:
            service.runs(200)
            held = resident(service.process)
            print(f"\nbin/wharf at WHARF_HEAP={heap}: {held:.0f} MB resident after 200 runs")
            self.row("resident memory after 200 runs, the bar is 400 MB", "the bar", held / 400, 1.0)

    def start(self):
        """The first HTTP answer: of bin/wharf, which has its class archive by then, and of java -jar, which has none."""
        Service(self.folder, self.stub.endpoint).close()

        def started(data, **command):
            service = Service(self.folder, self.stub.endpoint, data=data, **command)
            service.close()
            return service.started

        jar = ("java", "-jar", ROOT / "target/wharf/wharf.jar")
        contenders = {
            "bin/wharf, an empty data folder": (lambda: started(self.folder / self.fresh("empty")), 1.8),
            "bin/wharf, again": (lambda: started(self.folder / "again"), 1.5),
            "java -jar, an empty data folder": (lambda: started(self.folder / self.fresh("empty"), command=jar), None)}
        seconds = {name: [] for name in contenders}
        started(self.folder / "again")
        for _ in range(max(5, self.rounds)):
            for name, (contender, _) in contenders.items():
                seconds[name].append(contender())
        print("\nfirst HTTP answer")
        for name, (_, bar) in contenders.items():
            median = statistics.median(seconds[name])
            print(f"  {name:42} {median:8.3f} s   ({min(seconds[name]):.3f} to {max(seconds[name]):.3f})")
            if bar:
                self.row(f"first HTTP answer of {name}, the bar is {bar} s", "the bar", median / bar, 1.0)

    def heap(self):
        """The heap of a service with -Xmx128m, against the keys that it has listed and the bytes that it has sent."""
        with closing(Service(self.folder, self.stub.endpoint, heap="128m")) as service:
            listing = service.curl("-N", "-H", "Accept: application/x-ndjson", service.url("vfsList", NESTED, recursive="true"))
            self.plot(service, listing, lambda chunk: chunk.count(b"\n"), "keys", "heap-keys.svg")
            self.plot(service, service.curl("-N", service.url("vfsRead", BIG)), len, "bytes", "heap-bytes.svg")

    def plot(self, service, command, count, unit, name):
        done, points = 0, []
        client = subprocess.Popen(command, stdout=subprocess.PIPE)
        jstat = subprocess.Popen(["jstat", "-gc", str(service.process.pid), "100ms"], stdout=subprocess.PIPE, text=True)
        columns = jstat.stdout.readline().split()

        def sample():
            for line in jstat.stdout:
                values = dict(zip(columns, line.replace(",", ".").split()))
                used = sum(float(values[name]) for name in ("S0U", "S1U", "EU", "OU")) / 1024
                points.append((done, used, float(values["OU"]) / 1024))

        threading.Thread(target=sample, daemon=True).start()
        for chunk in iter(lambda: client.stdout.read1(1 << 20), b""):
            done += count(chunk)
        jstat.terminate()
        if client.wait() != 0:
            sys.exit(f"heap: curl ended with {client.returncode} after {done} {unit}")
        svg(ROOT / "target/bench" / name, points, unit)
        print(f"\nheap at -Xmx128m over {done:,} {unit}: used up to {max(p[1] for p in points):.0f} MiB, "
              f"old generation {points[0][2]:.0f} to {max(p[2] for p in points):.0f} MiB; target/bench/{name}")


def svg(path, points, unit):
    """Heap used (line) and its old generation (dashed), in MiB, against what was done."""
    width, height, top = 760, 260, 128
    last = max(1, points[-1][0])
    def line(index):
        return " ".join(f"{50 + p[0] / last * (width - 70):.1f},{height - 30 - p[index] / top * (height - 50):.1f}" for p in points)
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">'
        f'<rect width="{width}" height="{height}" fill="white"/><path d="M50 20V{height - 30}H{width - 20}" fill="none" stroke="#888"/>'
        f'<text x="8" y="24">{top} MiB</text><text x="30" y="{height - 30}">0</text>'
        f'<text x="{width - 150}" y="{height - 10}">{last:,} {unit}</text>'
        f'<polyline fill="none" stroke="#1f6feb" points="{line(1)}"/>'
        f'<polyline fill="none" stroke="#d1242f" stroke-dasharray="4" points="{line(2)}"/>'
        f'<text x="60" y="36" fill="#1f6feb">heap used</text><text x="140" y="36" fill="#d1242f">of it old generation</text></svg>')


class closing:
    def __init__(self, thing):
        self.thing = thing

    def __enter__(self):
        return self.thing

    def __exit__(self, *failure):
        self.thing.close()


ALL = ["listing", "importing", "previews", "run", "folder_page", "read", "read_small", "download", "upload", "write", "write_small", "copy", "publishing", "across", "jobs", "start", "heap"]


def main():
    parser = argparse.ArgumentParser(prog="src/bench/run", description=__doc__)
    parser.add_argument("works", nargs="*", metavar="work", help=f"one of {', '.join(ALL)}; all if none is named")
    parser.add_argument("--rounds", type=int, default=3, help="measured rounds; the median counts (default 3)")
    parser.add_argument("--mib", type=int, default=2048, help="size of the files that previews look into, and of those of a run together, which is 1024 at most (default 2048)")
    asked = parser.parse_args()
    (ROOT / "target/bench").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="wharf-bench-") as folder:
        bench = Bench(pathlib.Path(folder), asked.rounds, asked.mib)
        try:
            for work in asked.works or ALL:
                getattr(bench, work)()
        finally:
            bench.close()
            pathlib.Path("/dev/shm/wharf-bench-2g").unlink(missing_ok=True)
        table = "\n".join(["| Work | against | ratio | bar | kept |", "| --- | --- | --- | --- | --- |", *bench.rows])
        print("\n" + table)
        (ROOT / "target/bench/report.md").write_text(table + "\n")


if __name__ == "__main__":
    main()
