"""Lab files against lab.schema.json, as an editor would do it.

usage: validate_samples.py SCHEMA FOLDER_OF_LABS... -- FOLDER_OF_REJECTED_FILES

Every */lab.yaml below the first folders must be valid, every *.yaml in the last must not be. Needs the Debian packages
python3-jsonschema and python3-yaml.
"""

import json
import pathlib
import sys

import jsonschema
import yaml


def first_error(validator, file):
    errors = sorted(validator.iter_errors(yaml.safe_load(file.read_text())), key=lambda error: list(map(str, error.path)))
    return f"{'.'.join(map(str, errors[0].path))}: {errors[0].message}" if errors else None


def main():
    schema_file, *folders, dashes, rejected_folder = sys.argv[1:]
    assert dashes == "--", __doc__
    schema = json.loads(pathlib.Path(schema_file).read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    accepted = [file for folder in folders for file in sorted(pathlib.Path(folder).glob("*/lab.yaml"))]
    rejected = sorted(pathlib.Path(rejected_folder).glob("*.yaml"))
    failures = [f"{file} should be valid: {error}" for file in accepted if (error := first_error(validator, file))]
    failures += [f"{file} should not be valid" for file in rejected if not first_error(validator, file)]
    print("\n".join(failures) or f"{len(accepted)} accepted, {len(rejected)} rejected, as they should be")
    return 1 if failures or not accepted or not rejected else 0


sys.exit(main())
