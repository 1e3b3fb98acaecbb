#!/usr/bin/env python3
"""Compares Mimosa with a scikit-learn pipeline on public recordings, in the same run.

Brings each set into a temporary project, lets mimosactl evaluate it, runs the peer script on the
same split, and prints both side by side. The data and the peer are not part of Mimosa; what is not
there is named and left out.

    compare_with_peer.py [SHARED] [--sets wisdm_watch,esc10] [--mimosactl PATH] [--skip-peer]
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SETS = ["wisdm_watch", "ucihar_acc", "room_occupancy", "esc10", "kitchen20", "kitchen20_src"]
FOLDS = {"kitchen20_src": "fold_src"}  # the same clips, no source in two folds
TEST_DAYS = "2017-12-23,2017-12-24,2018-01-11"


def folder_of(name):
    return name.removesuffix("_src")


def imports(name, folder):
    """The import commands of one set, without program and project."""
    def at(file):
        return os.path.join(folder, file)

    if name == "wisdm_watch":
        files = sorted(f for f in os.listdir(folder) if f.startswith("subject_"))
        return [["--kind", "stream", "--classes", at("classes.csv"), "--window", "10", "--hop", "5"]
                + [at(f) for f in files]]
    if name == "ucihar_acc":
        return [["--kind", "arrays", "--rate", "50", "--channels", "x,y,z", "--split", part,
                 "--labels", at(part + "_label.npy"), "--groups", at(part + "_subject.npy"),
                 "--classes", at("classes.csv"), "--window", "2.56", "--hop", "1.28",
                 at(part + "_acc.npy")] for part in ("train", "test")]
    if name == "room_occupancy":
        return [["--kind", "table", "--label-column", "Room_Occupancy_Count",
                 "--group-column", "Date", at("Occupancy_Estimation.csv.gz")]]
    column = ["--fold-column", FOLDS[name]] if name in FOLDS else []
    return [["--kind", "clips", folder] + column]


def split_options(name):
    if name == "wisdm_watch":
        return ["--by", "group", "--test-last", "6"]
    if name == "room_occupancy":
        return ["--by", "group", "--test-groups", TEST_DAYS]
    return ["--by", "given" if name == "ucihar_acc" else "fold"]


def run(command):
    """Runs a command and returns what it printed; ends the comparison where it fails."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command[:2])} failed: {done.stderr.strip()[-2000:]}")
    return done.stdout


def ours(mimosactl, name, folder, extra):
    with tempfile.TemporaryDirectory() as temporary:
        project = os.path.join(temporary, "compare.mimosa")
        begin = time.perf_counter()
        for words in imports(name, folder):
            run([mimosactl, "import", "--project", project] + words)
        middle = time.perf_counter()
        result = json.loads(run([mimosactl, "evaluate", project, "--json"]
                                + split_options(name) + extra))
        result["import_seconds"] = middle - begin
        result["evaluate_seconds"] = time.perf_counter() - middle
    return result


def peer(script, name, folder, seed):
    begin = time.perf_counter()
    words = ["--fold-column", FOLDS[name]] if name in FOLDS else []
    result = json.loads(run(["/usr/bin/python3", script, folder_of(name), folder,
                             "--seed", str(seed)] + words))
    result["seconds"] = time.perf_counter() - begin
    return result


def figures_of_ours(result):
    clips = result.get("clip_accuracy")
    return {"rows learnt from": result["rows"]["train"], "rows asked about": result["rows"]["test"],
            "features": result["features"],
            "accuracy %": 100 * result["ensemble"]["accuracy"],
            "accuracy, vote %": 100 * result["ensemble"]["accuracy_vote"],
            "accuracy, clips %": None if clips is None else 100 * clips,
            "macro F1": result["ensemble"]["macro_f1"],
            "calibration error": result["ensemble"]["ece"],
            "training s": result["train_seconds"],
            "latency p50 ms": result["latency_ms"]["p50"],
            "latency p99 ms": result["latency_ms"]["p99"],
            "rows a second": result["batch_per_second"],
            "whole run s": result["import_seconds"] + result["evaluate_seconds"]}


def figures_of_peer(result):
    one = result["result"]
    clips = one["ensemble"].get("clip_soft_acc")
    return {"rows learnt from": one["n_train"], "rows asked about": one["n_test"],
            "features": one["n_features"],
            "accuracy %": 100 * one["ensemble"]["soft_acc"],
            "accuracy, vote %": 100 * one["ensemble"]["vote_acc"],
            "accuracy, clips %": None if clips is None else 100 * clips,
            "macro F1": one["ensemble"]["vote_macro_f1"],
            "calibration error": one["ensemble"]["ece"],
            "training s": one["train_wall_s"],
            "latency p50 ms": one["latency_ms"]["p50"],
            "latency p99 ms": one["latency_ms"]["p99"],
            "rows a second": one["batch"]["per_s"],
            "whole run s": result["seconds"]}


def text(value):
    if value is None:
        return "-"
    return f"{value:.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def print_table(name, mine, theirs):
    print(f"\n{name}\n{'':22}{'Mimosa':>12}{'peer':>12}")
    for key, value in mine.items():
        other = theirs.get(key) if theirs else None
        if value is not None or other is not None:
            print(f"{key:22}{text(value):>12}{text(other):>12}", flush=True)


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
    parser.add_argument("--json", help="also write everything to this file")
    options = parser.parse_args()
    if not os.access(options.mimosactl, os.X_OK):
        sys.exit(f"there is no program {options.mimosactl}; name it with --mimosactl")
    script = os.path.join(options.shared, "peer", "mliot_sklearn.py")
    extra = ["--seed", str(options.seed)]
    if options.learners:
        extra += ["--learners", options.learners]
    everything = {}
    for name in options.sets.split(","):
        if name not in SETS:
            sys.exit(f"there is no set {name}; there are {', '.join(SETS)}")
        folder = os.path.join(options.shared, "data", folder_of(name))
        if not os.path.isdir(folder):
            print(f"\n{name}: left out, there is no {folder}")
            continue
        result = {"mimosa": ours(options.mimosactl, name, folder, extra)}
        if not options.skip_peer and not os.path.isfile(script):
            print(f"\n{name}: without the peer, there is no {script}")
        elif not options.skip_peer:
            result["peer"] = peer(script, name, folder, options.seed)
        everything[name] = result
        print_table(name, figures_of_ours(result["mimosa"]),
                    figures_of_peer(result["peer"]) if "peer" in result else None)
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(everything, file, indent=1)


if __name__ == "__main__":
    main()
