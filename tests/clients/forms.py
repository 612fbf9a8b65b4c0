"""Tells of lines, each a datatype, a tab and a text, whether Jena takes it: forms.py FOLDER"""

import sys

import jpype
from jena import start

start(sys.argv[1])
types = jpype.JClass("org.apache.jena.datatypes.TypeMapper").getInstance()
for line in sys.stdin:
    datatype, _, text = line.rstrip("\n").partition("\t")
    sys.stdout.write(f"{int(types.getSafeTypeByName(datatype).isValid(text))}\n")
