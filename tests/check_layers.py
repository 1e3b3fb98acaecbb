#!/usr/bin/env python3
"""Checks which floor includes which: the three rules of resources/docs/architecture.md, section 1.

Reads every #include of the tree. Prints one line per violation and exits 1 if there is any.
--self-test plants one violation of each rule in memory and fails unless all are caught.
"""
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FLOORS = {
    "sensors/base": [],
    "sensors": ["sensors/base"],
    "learners": ["sensors/base", "sensors"],
    "hubs": ["sensors/base", "sensors"],
    "plugins/sdk": ["sensors/base", "sensors", "learners", "hubs"],
    "plugins/host": ["sensors/base", "sensors", "learners", "hubs", "plugins/sdk"],
    "plugins": ["sensors/base", "sensors", "learners", "hubs", "plugins/sdk"],
    "app/main": None,  # the roof sees all
    "app": ["sensors/base", "sensors", "learners", "hubs", "plugins/sdk", "plugins/host"],
    "ui": ["sensors/base", "sensors", "learners", "hubs", "plugins/sdk", "plugins/host", "app"],
}
ORDER = sorted(FLOORS, key=len, reverse=True)
QT_MAY = ("ui/", "app/main/mimosa.cpp", "tests/ui/", "tests/bench/ui_",
          "tests/support/ui_")
QT_HEADER = re.compile(r"^(Q[A-Z]\w*|Qt\w*(/.*)?|qcustomplot\.h)$")
# A library that only one place may see: (header pattern, files that may include it).
OWNED = [
    (re.compile(r"^libsvm/|^svm\.h$"), re.compile(r"^learners/svm_pair\.cpp$")),
    (re.compile(r"^xgboost/"), re.compile(r"^learners/boosted_trees\.cpp$")),
    (re.compile(r"^mqtt/|^MQTT"), re.compile(r"^hubs/mqtt_\w+\.(cpp|h)$")),
    (re.compile(r"^sqlite3\.h$"), re.compile(r"^app/project/|^tests/")),
]
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)


def floor_of(path):
    for floor in ORDER:
        if path.startswith(floor + "/"):
            return floor
    return None


def check(path, text):
    """Yields what is wrong with the includes of one file."""
    here = floor_of(path)
    for number, line in enumerate(text.splitlines(), 1):
        found = INCLUDE.match(line)
        if not found:
            continue
        target = found.group(2)
        where = f"{path}:{number}"
        if QT_HEADER.match(target) and not path.startswith(QT_MAY):
            yield f"{where}: Qt ({target}) is for ui and app/main/mimosa.cpp only"
        for pattern, owners in OWNED:
            if pattern.match(target) and not owners.match(path):
                yield f"{where}: {target} is included by its own wrapper only"
        there = floor_of(target)
        if here is None or there is None or here == there:
            continue
        if there == "app/main":
            yield f"{where}: nothing includes the roof ({target})"
        elif FLOORS[here] is not None and there not in FLOORS[here]:
            yield f"{where}: {here} may not include {there} ({target})"


def tree():
    for floor in ("sensors", "learners", "hubs", "plugins", "app", "ui", "tests"):
        for folder, _, names in os.walk(os.path.join(ROOT, floor)):
            for name in names:
                if name.endswith((".h", ".cpp")):
                    full = os.path.join(folder, name)
                    with open(full, encoding="utf-8") as file:
                        yield os.path.relpath(full, ROOT).replace(os.sep, "/"), file.read()


PLANTED = [
    ("sensors/tape.h", '#include "learners/learner.h"'),
    ("sensors/base/time.h", '#include "sensors/block.h"'),
    ("learners/knn.cpp", '#include "hubs/bus.h"'),
    ("hubs/topic.cpp", '#include "learners/label.h"'),
    ("app/session.cpp", "#include <QString>"),
    ("app/session.h", '#include "ui/theme.h"'),
    ("plugins/onvif/camera.cpp", '#include "plugins/host/loader.h"'),
    ("plugins/onvif/camera.cpp", '#include "app/session.h"'),
    ("ui/main_window.cpp", '#include "app/main/options.h"'),
    ("learners/ensemble.cpp", "#include <libsvm/svm.h>"),
    ("ui/theme.cpp", "#include <sqlite3.h>"),
]


def main():
    if "--self-test" in sys.argv[1:]:
        missed = [f"{p}: {t}" for p, t in PLANTED if not list(check(p, t))]
        for line in missed:
            print("not caught:", line)
        print(f"{len(PLANTED) - len(missed)} of {len(PLANTED)} planted violations caught")
        return 1 if missed else 0
    files = list(tree())
    wrong = [line for path, text in files for line in check(path, text)]
    for line in wrong:
        print(line)
    print(f"{len(files)} files, {len(wrong)} violations")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
