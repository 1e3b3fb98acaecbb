#!/usr/bin/env python3
"""Reads what Mimosa exports with readers that share nothing with it, and prints what it found.

read_exports.py wav FILE | csv FILE | npy FILE | elan FILE | audacity FILE |
                edge FILE [KEY] | zip FILE
"""
import array
import ast
import csv
import gzip
import hashlib
import hmac
import json
import struct
import sys
import wave
import xml.etree.ElementTree as xml
import zipfile


def cbor(data, at=0):
    """One item of RFC 8949 and where the next begins."""
    first = data[at]
    kind, size = first >> 5, first & 31
    at += 1
    if kind == 7:
        if size in (20, 21, 22):
            return {20: False, 21: True, 22: None}[size], at
        form = {25: ">e", 26: ">f", 27: ">d"}[size]
        end = at + struct.calcsize(form)
        return struct.unpack(form, data[at:end])[0], end
    if size < 24:
        value = size
    else:
        width = {24: 1, 25: 2, 26: 4, 27: 8}[size]
        value = int.from_bytes(data[at:at + width], "big")
        at += width
    if kind == 0:
        return value, at
    if kind == 1:
        return -1 - value, at
    if kind in (2, 3):
        raw = data[at:at + value]
        return (raw if kind == 2 else raw.decode()), at + value
    if kind == 4:
        items = []
        for _ in range(value):
            item, at = cbor(data, at)
            items.append(item)
        return items, at
    if kind == 5:
        pairs = {}
        for _ in range(value):
            key, at = cbor(data, at)
            pairs[key], at = cbor(data, at)
        return pairs, at
    raise ValueError("kind %d" % kind)


def read_wav(path):
    with wave.open(path) as file:
        frames = array.array("h", file.readframes(file.getnframes()))
        print(file.getframerate(), file.getnchannels(), file.getsampwidth(), len(frames), sum(frames))


def read_csv(path):
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rt", newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    print(len(rows) - 1, "|".join(rows[0]), "|".join(rows[1]), "|".join(rows[-1]))


def read_npy(path):
    data = open(path, "rb").read()
    assert data[:8] == b"\x93NUMPY\x01\x00"
    size, = struct.unpack("<H", data[8:10])
    assert (10 + size) % 64 == 0
    header = ast.literal_eval(data[10:10 + size].decode())
    form = {"<f4": "f", "<i8": "q"}[header["descr"]]
    values = array.array(form, data[10 + size:])
    count = 1
    for n in header["shape"]:
        count *= n
    assert count == len(values) and not header["fortran_order"]
    print(*header["shape"], values[0], values[-1])


def read_elan(path):
    root = xml.parse(path).getroot()
    times = {s.get("TIME_SLOT_ID"): int(s.get("TIME_VALUE")) for s in root.iter("TIME_SLOT")}
    types = {t.get("LINGUISTIC_TYPE_ID") for t in root.iter("LINGUISTIC_TYPE")}
    for tier in root.iter("TIER"):
        assert tier.get("LINGUISTIC_TYPE_REF") in types
        for a in tier.iter("ALIGNABLE_ANNOTATION"):
            print(times[a.get("TIME_SLOT_REF1")], times[a.get("TIME_SLOT_REF2")],
                  a.find("ANNOTATION_VALUE").text)


def read_audacity(path):
    for line in open(path, encoding="utf-8"):
        begin, end, text = line.rstrip("\n").split("\t")
        print("%.3f %.3f %s" % (float(begin), float(end), text))


def read_edge(path, key=None):
    data = open(path, "rb").read()
    if path.endswith(".json"):
        sample = json.loads(data)
    else:
        sample, end = cbor(data)
        assert end == len(data)
    assert sample["protected"]["ver"] == "v1"
    assert len(sample["signature"]) == 64
    signed = "none"
    if key is None:
        assert sample["protected"]["alg"] == "none" and set(sample["signature"]) == {"0"}
    else:
        assert sample["protected"]["alg"] == "HS256"
        signature = sample["signature"].encode()
        assert data.count(signature) == 1
        plain = data.replace(signature, b"0" * 64)
        signed = hmac.new(key.encode(), plain, hashlib.sha256).hexdigest() == sample["signature"]
    payload = sample["payload"]
    print(signed, payload["interval_ms"], payload["device_type"],
          ",".join(s["name"] + ":" + s["units"] for s in payload["sensors"]),
          len(payload["values"]), payload["values"][0])


def read_zip(path):
    with zipfile.ZipFile(path) as file:
        assert file.testzip() is None
        names = file.namelist()
        assert len(set(names)) == len(names)
        manifest = json.loads(file.read("manifest.json"))
        assert names[0] == "mimosa.json" and names[-1] == "manifest.json"
        assert set(manifest["files"]) == set(names) - {"manifest.json"}
        for name, digest in manifest["files"].items():
            assert hashlib.sha256(file.read(name)).hexdigest() == digest
            if name.startswith("content/"):
                assert name.startswith("content/" + digest)
        print(manifest["format"], len(manifest["recordings"]),
              ",".join(label["name"] for label in manifest["labels"]),
              " ".join(r["sha256"] for r in manifest["recordings"]))


globals()["read_" + sys.argv[1]](*sys.argv[2:])
