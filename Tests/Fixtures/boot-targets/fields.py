"""Reads one file as its platform's own libraries do and prints the kernel arguments as JSON.

Field names are the published ones of each platform's API; a name that is not among them, or one
that is missing, is an error. Usage: fields.py TARGET FILE
"""

import json
import sys

import jsonschema

TEXT = {"type": "string"}
TEXTS = {"type": "array", "items": TEXT}


def mapping(required, **fields):
    """A mapping with these fields and no others."""
    return {
        "type": "object",
        "properties": {name.rstrip("_"): field for name, field in fields.items()},
        "required": required,
        "additionalProperties": False,
    }


ANY = {}
METADATA = mapping(["name"], name=TEXT, labels={"type": "object"}, annotations=ANY)
SCHEMAS = {
    # machineconfiguration.openshift.io/v1, MachineConfigSpec
    "machineconfig": mapping(
        ["apiVersion", "kind", "metadata", "spec"],
        apiVersion={"const": "machineconfiguration.openshift.io/v1"},
        kind={"const": "MachineConfig"},
        metadata={
            **METADATA,
            "properties": {
                **METADATA["properties"],
                "labels": {
                    "type": "object",
                    "required": ["machineconfiguration.openshift.io/role"],
                },
            },
            "required": ["name", "labels"],
        },
        spec=mapping(
            [],
            kernelArguments=TEXTS,
            config=ANY,
            extensions=TEXTS,
            fips={"type": "boolean"},
            kernelType=TEXT,
            osImageURL=TEXT,
            baseOSExtensionsContainerImage=TEXT,
        ),
    ),
    # performance.openshift.io/v2, PerformanceProfileSpec
    "performanceprofile": mapping(
        ["apiVersion", "kind", "metadata", "spec"],
        apiVersion={"const": "performance.openshift.io/v2"},
        kind={"const": "PerformanceProfile"},
        metadata=METADATA,
        spec=mapping(
            ["cpu", "nodeSelector"],
            additionalKernelArgs=TEXTS,
            cpu=mapping(
                ["isolated", "reserved"],
                isolated=TEXT,
                reserved=TEXT,
                offlined=TEXT,
                shared=TEXT,
                balanceIsolated={"type": "boolean"},
            ),
            nodeSelector={"type": "object"},
            machineConfigPoolSelector={"type": "object"},
            machineConfigLabel={"type": "object"},
            hugepages=ANY,
            numa=ANY,
            net=ANY,
            realTimeKernel=ANY,
            workloadHints=ANY,
            globallyDisableIrqLoadBalancing={"type": "boolean"},
            kernelPageSize=TEXT,
        ),
    ),
    # Butane, fcos 1.4.0: the first version with kernel_arguments
    "butane-fcos": mapping(
        ["variant", "version"],
        variant={"const": "fcos"},
        version={"enum": ["1.4.0", "1.5.0", "1.6.0", "1.7.0"]},
        kernel_arguments=mapping([], should_exist=TEXTS, should_not_exist=TEXTS),
        ignition=ANY,
        storage=ANY,
        systemd=ANY,
        passwd=ANY,
        boot_device=ANY,
        grub=ANY,
    ),
    # Butane, openshift 4.8.0 or newer
    "butane-openshift": mapping(
        ["variant", "version", "metadata"],
        variant={"const": "openshift"},
        version={"type": "string", "pattern": r"^4\.\d+\.0$"},
        metadata=mapping(["name", "labels"], name=TEXT, labels={"type": "object"}),
        openshift=mapping(
            [],
            kernel_arguments=TEXTS,
            kernel_type=TEXT,
            extensions=TEXTS,
            fips={"type": "boolean"},
        ),
        ignition=ANY,
        storage=ANY,
        systemd=ANY,
        passwd=ANY,
        boot_device=ANY,
    ),
    # Image Factory schematic, which is decoded with known fields only
    "talos": mapping(
        ["customization"],
        overlay=ANY,
        customization=mapping(
            [],
            extraKernelArgs=TEXTS,
            meta=ANY,
            systemExtensions=ANY,
            secureboot=ANY,
        ),
    ),
    # bootc, kargs.d: unknown keys are refused
    "bootc": {
        "type": "object",
        "properties": {"kargs": TEXTS, "match-architectures": TEXTS},
        "additionalProperties": False,
    },
    # bootloader system role, meta/argument_specs.yml
    "ansible": {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {
                "kernel": {"anyOf": [{"enum": ["DEFAULT", "ALL"]}, {"type": "object"}]},
                "state": {"enum": ["present", "absent"]},
                "default": {"type": "boolean"},
                "options": {
                    "type": "array",
                    "items": mapping(
                        ["name"],
                        name=TEXT,
                        # Neither a boolean nor null.
                        value={"type": ["string", "number"]},
                        state={"enum": ["present", "absent"]},
                        previous={"const": "replaced"},
                        copy_default={"type": "boolean"},
                    ),
                },
            },
            "required": ["kernel"],
            "additionalProperties": False,
        },
    },
}


def settings(node):
    """The role's variable, wherever it stands."""
    if isinstance(node, dict):
        if "bootloader_settings" in node:
            yield from node["bootloader_settings"]
        for value in node.values():
            yield from settings(value)
    elif isinstance(node, list):
        for value in node:
            yield from settings(value)


def load(target, path):
    if target == "bootc":
        import tomllib

        with open(path, "rb") as file:
            return tomllib.load(file)
    import yaml

    with open(path, encoding="utf-8") as file:
        documents = [d for d in yaml.safe_load_all(file) if d]
    if target == "machineconfig":
        documents = [d for d in documents if d.get("kind") == "MachineConfig"]
    return documents[0]


def main(target, path):
    document = load(target, path)
    if target == "ansible":
        document = list(settings(document))
    jsonschema.validate(document, SCHEMAS[target])
    if target == "ansible":
        words = [
            o["name"] + ("=" + str(o["value"]) if "value" in o else "")
            for kernel in document
            for o in kernel["options"]
            if o.get("state") != "absent"
        ]
    elif target == "bootc":
        words = document["kargs"]
    elif target == "talos":
        words = document["customization"]["extraKernelArgs"]
        words = [word for word in words if not word.startswith("-")]
    elif target == "butane-fcos":
        words = document["kernel_arguments"]["should_exist"]
    elif target == "butane-openshift":
        words = document["openshift"]["kernel_arguments"]
    elif target == "performanceprofile":
        words = document["spec"]["additionalKernelArgs"]
    else:
        words = document["spec"]["kernelArguments"]
    print(json.dumps(words))


main(*sys.argv[1:])
