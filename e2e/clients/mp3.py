"""Just enough of MP3 to tell whether a file is one, and how long its own header says it is."""

from dataclasses import dataclass

SAMPLE_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000)}  # by MPEG version bits: 3 is MPEG-1, 2 is MPEG-2
LAYER_III = 1
MONO = 3


@dataclass
class Mp3:
    """What the first frame says."""

    title: str | None
    sample_rate: int
    channels: int
    seconds: float


def read(content: bytes) -> Mp3:
    """Reads the ID3v2 tag and the first frame with its length tag (Xing/Info with LAME's delays)."""
    title, start = _id3(content)
    header = int.from_bytes(content[start : start + 4], "big")
    if header >> 21 != 0x7FF:
        raise ValueError(f"no MPEG sync word at byte {start}")
    version, layer = header >> 19 & 3, header >> 17 & 3
    if layer != LAYER_III:
        raise ValueError("the first frame is not layer III")
    sample_rate = SAMPLE_RATES[version][header >> 10 & 3]
    channels = 1 if header >> 6 & 3 == MONO else 2
    side_info = {(3, 2): 32, (3, 1): 17, (2, 2): 17, (2, 1): 9}[version, channels]

    tag = content[start + 4 + side_info :]
    if tag[:4] not in (b"Info", b"Xing"):
        raise ValueError("the first frame holds no length tag")
    flags = int.from_bytes(tag[4:8], "big")
    if flags & 1 == 0:
        raise ValueError("the length tag names no number of frames")
    frames = int.from_bytes(tag[8:12], "big")
    lame = tag[8 + 4 * (flags & 1) + 4 * (flags >> 1 & 1) + 100 * (flags >> 2 & 1) + 4 * (flags >> 3 & 1) :]
    delays = int.from_bytes(lame[21:24], "big")
    samples = frames * (1152 if version == 3 else 576) - (delays >> 12) - (delays & 0xFFF)
    return Mp3(title, sample_rate, channels, samples / sample_rate)


def _id3(content: bytes) -> tuple[str | None, int]:
    """The title and where the sound begins."""
    if content[:3] != b"ID3":
        return None, 0
    end = 10 + _synchsafe(content[6:10])
    major, at, title = content[3], 10, None
    while at + 10 < end and content[at] != 0:
        name = content[at : at + 4]
        size = content[at + 4 : at + 8]
        length = _synchsafe(size) if major == 4 else int.from_bytes(size, "big")
        if name == b"TIT2":
            title = _text(content[at + 10 : at + 10 + length])
        at += 10 + length
    return title, end


def _text(field: bytes) -> str:
    encoding = ("latin-1", "utf-16", "utf-16-be", "utf-8")[field[0]]
    return field[1:].decode(encoding).rstrip("\0")


def _synchsafe(number: bytes) -> int:
    return sum(byte << shift for byte, shift in zip(number, (21, 14, 7, 0), strict=True))
