"""Unpacks what an addon for Node needs of a TensorFlow wheel: two libraries and their C headers."""

import sys
import zipfile
from pathlib import Path

LIBRARIES = ("tensorflow/libtensorflow_cc.so.2", "tensorflow/libtensorflow_framework.so.2")
HEADERS = ("c/", "core/platform/", "tsl/c/", "tsl/platform/")

downloads, target = Path(sys.argv[1]), Path(sys.argv[2])
(archive,) = downloads.glob("*.whl")
wanted = LIBRARIES + tuple(f"tensorflow/include/tensorflow/{path}" for path in HEADERS)
with zipfile.ZipFile(archive) as wheel:
    for name in wheel.namelist():
        if name.startswith(wanted):
            wheel.extract(name, target)
