#!/usr/bin/env python3
"""How often a label that nobody showed is noticed, at home and by strangers, on public recordings.

At home: each person has a project of their own, learns from the first two thirds of each example
and is asked about the last third, a window's length later. By strangers: the people asked about
were never heard of. Each label is left out once; shares of windows are means over labels, then
over people. The data are not part of Mimosa; what is not there is named and left out.

    novelty_at_home.py [SHARED] [--sets wisdm_watch,ucihar_acc] [--every N] [--mimosactl PATH]
"""
import argparse
import json
import os
import sys
import tempfile

import numpy

from compare_with_peer import ROOT, imports, run, split_options

SETS = ["wisdm_watch", "ucihar_acc"]
FIGURES = ["flagged", "false_flags", "flagged_stretch", "false_flags_stretch"]


def people_of(name, folder, temporary):
    """By person: the words that import what is theirs."""
    whole = imports(name, folder)
    if name == "wisdm_watch":
        words = [w for w in whole[0] if not w.endswith(".csv.gz")]
        return {os.path.basename(w).split(".")[0]: [words + [w]]
                for w in whole[0] if w.endswith(".csv.gz")}
    people = {}
    for words in whole:
        paths = [words[words.index(option) + 1] for option in ("--labels", "--groups")] + words[-1:]
        arrays = [numpy.load(path) for path in paths]
        for person in numpy.unique(arrays[1]):
            own = list(words)
            for path, array in zip(paths, arrays):
                part = os.path.join(temporary, f"{person}_{os.path.basename(path)}")
                numpy.save(part, array[arrays[1] == person])
                own[own.index(path)] = part
            people[f"person {person}"] = [own]
    return people


def novelty(mimosactl, import_words, split):
    with tempfile.TemporaryDirectory() as temporary:
        project = os.path.join(temporary, "home.mimosa")
        for words in import_words:
            run([mimosactl, "import", "--project", project] + words)
        answer = run([mimosactl, "evaluate", project, "--json", "--leave-one-label-out",
                      "--learners", "knn"] + split)
    return json.loads(answer)["novelty"]


def mean(values):
    return sum(values) / len(values)


def show(name, found):
    """One line for `found`, what several projects measured, and one for each label."""
    def words(rows):
        return "  ".join(f"{key.replace('_', ' ')} {100 * mean([row[key] for row in rows]):5.1f} %"
                         for key in FIGURES)

    print(f"{name}\n  mean: {words(found)}")
    labels = sorted({label for one in found for label in one["per_label"]})
    for label in labels:
        rows = [one["per_label"][label] for one in found if label in one["per_label"]]
        rows = [row | {f"{key}_stretch": row["stretch"][key] for key in FIGURES[:2]}
                for row in rows if "stretch" in row]
        if rows:
            print(f"  {label}: {words(rows)}")
    sys.stdout.flush()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("shared", nargs="?", default=os.path.join(os.path.dirname(ROOT), "shared"),
                        help="folder with data/; default: beside the project")
    parser.add_argument("--sets", default=",".join(SETS))
    parser.add_argument("--every", type=int, default=1, help="only every n-th person at home")
    parser.add_argument("--mimosactl",
                        default=os.path.join(ROOT, "build", "release", "bin", "mimosactl"))
    options = parser.parse_args()
    for name in options.sets.split(","):
        folder = os.path.join(options.shared, "data", name)
        if not os.path.isdir(folder):
            print(f"{name}: {folder} is not there; left out")
            continue
        with tempfile.TemporaryDirectory() as temporary:
            people = list(people_of(name, folder, temporary).values())[::options.every]
            found = [novelty(options.mimosactl, words, ["--by", "later"]) for words in people]
        stretch = found[0]["stretch_seconds"]
        show(f"{name}, {len(people)} people, each at home; stretches of {stretch:g} s", found)
        show(f"{name}, strangers", [novelty(options.mimosactl, imports(name, folder),
                                            split_options(name))])


if __name__ == "__main__":
    main()
