"""Write a sentence splitter that never splits, in MiniSBD's format.

LibreTranslate fetches one from the net for packages that bring none; this keeps it
quiet. Run by the Python of its own environment, which has onnx: `splitter.py FILE`.
"""

import json
import sys

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

CONFIG = {
    "skip_newline": False,
    "max_seqlen": 1000,
    "no_ssplit": True,
    "batch_size": 8,
    "feat_funcs": ["end_of_para"],
    "use_dictionary": False,
    "num_dict_feat": 0,
}
UNITS = ["<PAD>", "<UNK>"]
VOCABULARY = {
    "lang": "en",
    "idx": 0,
    "cutoff": 0,
    "lower": False,
    "_unit2id": {unit: number for number, unit in enumerate(UNITS)},
    "_id2unit": UNITS,
}


def model() -> onnx.ModelProto:
    """Make a network that says of each letter: inside a sentence."""
    inside = numpy.array([[[9, 0, 0, 0, 0]]], numpy.float32)
    made = helper.make_model(
        helper.make_graph(
            [
                helper.make_node("Mul", ["features", "nothing"], ["zero"]),
                helper.make_node("Add", ["zero", "inside"], ["logits"]),
            ],
            "splitter",
            [
                helper.make_tensor_value_info("units", TensorProto.INT64, ["B", "T"]),
                helper.make_tensor_value_info(
                    "features", TensorProto.FLOAT, ["B", "T", 1]
                ),
            ],
            [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["B", "T", 5])],
            [
                numpy_helper.from_array(inside, "inside"),
                numpy_helper.from_array(numpy.zeros((1,), numpy.float32), "nothing"),
            ],
        ),
        opset_imports=[helper.make_opsetid("", 17)],
    )
    made.ir_version = 9
    told = {"lang_code": "en", "config": CONFIG, "vocab": VOCABULARY, "lexicon": None}
    for name, value in told.items():
        kept = made.metadata_props.add()
        kept.key = name
        kept.value = value if isinstance(value, str) else json.dumps(value)
    return made


if __name__ == "__main__":
    onnx.save(model(), sys.argv[1])
