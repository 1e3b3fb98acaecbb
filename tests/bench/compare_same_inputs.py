#!/usr/bin/python3
"""Compares Mimosa's ensemble with a scikit-learn pipeline on the very same rows of features.

The peer script computes the features of a public set once; both then learn from and answer the same
files, one after the other, each in a process of its own. Prints both, how many times the peer needs
what Mimosa needs, and which of the targets are met: accuracy not below the peer's on any set and half
a point above on average, training in a quarter of its time, an answer in a thirtieth (or at 80 % of
the speed of memory), five times the rows a second, less memory. Needs numpy, and scikit-learn for
sets of which a part is drawn.

    compare_same_inputs.py [SHARED] [--sets wisdm_watch,esc10] [--mimosactl PATH] [--keep DIR]
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile

import numpy

from compare_with_peer import ROOT, text

SETS = {  # name: (fold to test or None, rows to learn from, rows to ask about); 0 rows: all
    "wisdm_watch": (None, 0, 0), "ucihar_acc": (None, 0, 0), "room_occupancy": (None, 0, 0),
    "esc10": (1, 0, 0), "kitchen20": (1, 0, 0), "mnist": (None, 10000, 2000)}
FLOOR_SHARE = 0.8  # where memory is read that slowly, this much of the least time is as good
TARGETS = {"training s": 4, "latency p50 ms": 30, "latency p99 ms": 30,  # the peer's over ours
           "rows a second": 5, "peak memory MB": 1}
MEAN_GAIN = 0.5  # points of accuracy, over all sets


def timed(command):
    """What a command printed, its seconds of processor, and its largest resident size in MB."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as errors:
        child = subprocess.Popen(command, stdout=out, stderr=errors)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        errors.seek(0)
        if child.returncode != 0:
            sys.exit(f"{' '.join(command[:3])} failed: {errors.read().strip()[-2000:]}")
        return out.read(), usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def drawn(rows, labels, size):
    """`size` of `rows`, labels in proportion; all where that is 0 or too many."""
    if not size or size >= len(rows):
        return rows
    from sklearn.model_selection import StratifiedShuffleSplit
    split = StratifiedShuffleSplit(1, train_size=size, random_state=0)
    return rows[next(split.split(rows, labels[rows]))[0]]


def write_features(script, name, source, folder):
    """Leaves X_train.npy, y_train.npy, group_train.npy, X_test.npy and y_test.npy in `folder`."""
    fold, train_size, test_size = SETS[name]
    words = ["/usr/bin/python3", script, name, source, "--dump", folder, "--models", "knn",
             "--latency", "1", "--train-size", "500", "--test-size", "100"]
    timed(words + (["--folds", str(fold)] if fold else []))
    load = {part: numpy.load(os.path.join(folder, part + ".npy")) for part in ("X", "y", "group")}
    held = (numpy.load(os.path.join(folder, "fold.npy")) == fold if fold
            else numpy.load(os.path.join(folder, "test.npy")) != 0)
    train = drawn(numpy.flatnonzero(~held), load["y"], train_size)
    test = drawn(numpy.flatnonzero(held), load["y"], test_size)
    for part, rows in (("train", train), ("test", test)):
        numpy.save(os.path.join(folder, f"X_{part}.npy"), load["X"][rows].astype(numpy.float32))
        numpy.save(os.path.join(folder, f"y_{part}.npy"), load["y"][rows].astype(numpy.int32))
    numpy.save(os.path.join(folder, "group_train.npy"), load["group"][train].astype(numpy.int32))


def ours(options, folder):
    words = [options.mimosactl, "evaluate", "--features", folder, "--json",
             "--seed", str(options.seed)]
    if options.learners:
        words += ["--learners", options.learners]
    printed, processor, memory = timed(words)
    result = json.loads(printed)
    return {"accuracy %": 100 * result["ensemble"]["accuracy"],
            "accuracy, vote %": 100 * result["ensemble"]["accuracy_vote"],
            "calibration error": result["ensemble"]["ece"],
            "training s": result["train_seconds"],
            "processor s": processor,
            "latency p50 ms": result["latency_ms"]["p50"],
            "latency p99 ms": result["latency_ms"]["p99"],
            "latency floor ms": result["latency_ms"]["floor"],
            "rows a second": result["batch_per_second"],
            "peak memory MB": memory}, result


def peer(options, script, folder):
    printed, processor, memory = timed(["/usr/bin/python3", script, "npy", folder,
                                        "--seed", str(options.seed)])
    result = json.loads(printed)
    one = result["result"]
    return {"accuracy %": 100 * one["ensemble"]["soft_acc"],
            "accuracy, vote %": 100 * one["ensemble"]["vote_acc"],
            "calibration error": one["ensemble"]["ece"],
            "training s": one["train_wall_s"],
            "processor s": processor,
            "latency p50 ms": one["latency_ms"]["p50"],
            "latency p99 ms": one["latency_ms"]["p99"],
            "rows a second": one["batch"]["per_s"],
            "peak memory MB": memory}, result


def times(key, mine, theirs):
    """How many times better Mimosa is."""
    if key == "rows a second":
        return mine[key] / max(theirs[key], 1e-9)
    return theirs[key] / max(mine[key], 1e-9)


def missed(mine, theirs):
    """The targets that one set misses, as sentences."""
    found = []
    if mine["accuracy %"] < theirs["accuracy %"] - 1e-9:
        found.append(f"accuracy {theirs['accuracy %'] - mine['accuracy %']:.2f} points below")
    for key, wanted in TARGETS.items():
        if times(key, mine, theirs) >= wanted:
            continue
        words = f"{key}: {times(key, mine, theirs):.1f} times better, not {wanted}"
        if key == "latency p50 ms":
            share = mine["latency floor ms"] / mine[key]
            if share >= FLOOR_SHARE:
                continue
            words += f", {100 * share:.0f} % of the speed of memory, not {100 * FLOOR_SHARE:.0f}"
        found.append(words)
    return found


def print_targets(everything):
    """Which targets are met, over all sets that were asked of both."""
    both = {name: one["figures"] for name, one in everything.items() if one["figures"]["peer"]}
    if not both:
        return
    print("\ntargets")
    for name, figures in both.items():
        print(f"{name:20}{'; '.join(missed(figures['mimosa'], figures['peer'])) or 'all met'}")
    gain = sum(f["mimosa"]["accuracy %"] - f["peer"]["accuracy %"] for f in both.values())
    gain /= len(both)
    word = "met" if gain >= MEAN_GAIN else f"missed, not {MEAN_GAIN:+}"
    print(f"{'mean accuracy':20}{gain:+.2f} points ({word})")


def print_table(name, mine, theirs):
    print(f"\n{name}\n{'':20}{'Mimosa':>12}{'peer':>12}{'times':>10}")
    for key, value in mine.items():
        other = theirs.get(key)
        known = other is not None and (key in TARGETS or key == "processor s")
        ratio = f"{times(key, mine, theirs):.1f}" if known else ""
        print(f"{key:20}{text(value):>12}{text(other):>12}{ratio:>10}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("shared", nargs="?", default=os.path.join(os.path.dirname(ROOT), "shared"),
                        help="folder with data/ and peer/ (beside the repository by default)")
    parser.add_argument("--sets", default=",".join(SETS), help="which sets, with commas between")
    parser.add_argument("--mimosactl",
                        default=os.path.join(ROOT, "build", "release", "bin", "mimosactl"))
    parser.add_argument("--learners", help="learners in place of the usual ones")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--skip-peer", action="store_true", help="only Mimosa")
    parser.add_argument("--keep", help="folder for features, used again where they are there")
    parser.add_argument("--json", help="also write everything to this file")
    options = parser.parse_args()
    if not os.access(options.mimosactl, os.X_OK):
        sys.exit(f"there is no program {options.mimosactl}; name it with --mimosactl")
    script = os.path.join(options.shared, "peer", "mliot_sklearn.py")
    if not os.path.isfile(script):
        sys.exit(f"there is no peer {script}")
    everything = {}
    with tempfile.TemporaryDirectory() as temporary:
        for name in options.sets.split(","):
            if name not in SETS:
                sys.exit(f"there is no set {name}; there are {', '.join(SETS)}")
            source = os.path.join(options.shared, "data", name)
            if not os.path.isdir(source):
                print(f"\n{name}: left out, there is no {source}")
                continue
            folder = os.path.join(options.keep or temporary, name)
            if not os.path.isfile(os.path.join(folder, "X_test.npy")):
                write_features(script, name, source, folder)
            mine, made = ours(options, folder)
            theirs, theirs_made = ({}, None) if options.skip_peer else peer(options, script, folder)
            everything[name] = {"mimosa": made, "peer": theirs_made,
                                "figures": {"mimosa": mine, "peer": theirs}}
            print_table(name, mine, theirs)
    print_targets(everything)
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(everything, file, indent=1)


if __name__ == "__main__":
    main()
