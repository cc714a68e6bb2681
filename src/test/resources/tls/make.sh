#!/bin/sh -e
# Makes the key stores beside it: an authority that tests trust, and servers' certificates each with one fault.
# They hold nothing but what only these tests believe in; the password of all is "changeit".
rm -f ./*.p12
START="2020/01/01 00:00:00"
tool() { keytool -storetype PKCS12 -storepass changeit "$@"; }
tool -genkeypair -keystore authority.p12 -alias authority -keyalg EC -groupname secp256r1 -dname CN=authority -ext bc:c -startdate "$START" -validity 36500
tool -exportcert -keystore authority.p12 -alias authority | tool -importcert -keystore trusted.p12 -alias authority -noprompt
server() { # name, subject alternative name, days
  tool -genkeypair -keystore "$1.p12" -alias server -keyalg EC -groupname secp256r1 -dname "CN=$1"
  tool -certreq -keystore "$1.p12" -alias server |
    tool -gencert -keystore authority.p12 -alias authority -ext "san=$2" -startdate "$START" -validity "$3" |
    { tool -importcert -keystore "$1.p12" -alias authority -trustcacerts -noprompt -file authority.pem && tool -importcert -keystore "$1.p12" -alias server -noprompt; }
}
tool -exportcert -rfc -keystore authority.p12 -alias authority > authority.pem
server other-host dns:store.example 36500
server expired ip:127.0.0.1 1
tool -genkeypair -keystore untrusted.p12 -alias server -keyalg EC -groupname secp256r1 -dname CN=untrusted -ext san=ip:127.0.0.1 -startdate "$START" -validity 36500
rm authority.pem authority.p12
