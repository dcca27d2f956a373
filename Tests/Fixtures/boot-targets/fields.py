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
BOOLEAN = {"type": "boolean"}
WHOLE = {"type": "integer", "minimum": 0}
# What linux-loader's Cmdline takes.
PRINTABLE = "^[ -~]*$"
BOOT_CONFIG = {
    "type": "object",
    "propertyNames": {"pattern": r"^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$"},
    "additionalProperties": {
        "type": "array",
        "items": {
            "type": "string",
            "pattern": "^[ -~]*$",
            "not": {"allOf": [{"pattern": "'"}, {"pattern": '"'}]},
        },
    },
}
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
    # Firecracker, FullVmConfiguration, BootSource, MachineConfiguration and MemoryHotplugConfig of its
    # API: firecracker-microvm/firecracker, src/firecracker/swagger/firecracker.yaml at 004d9353; limits
    # of memory-hotplug from docs/memory-hotplug.md at 27d793fc
    "firecracker": mapping(
        ["boot-source"],
        **{
            "boot-source": mapping(
                ["kernel_image_path"],
                boot_args={**TEXT, "pattern": PRINTABLE},
                initrd_path={"type": ["string", "null"]},
                kernel_image_path=TEXT,
            ),
            "machine-config": mapping(
                ["mem_size_mib", "vcpu_count"],
                mem_size_mib={"type": "integer", "minimum": 1},
                vcpu_count={"type": "integer", "minimum": 1, "maximum": 32},
                smt=BOOLEAN,
                track_dirty_pages=BOOLEAN,
                huge_pages={"enum": ["None", "Transparent", "2M"]},
                cpu_template=TEXT,
            ),
            "memory-hotplug": mapping(
                ["total_size_mib"],
                # Of slots that are no smaller than 128 MiB, of blocks of 2 MiB and powers of two.
                total_size_mib={"type": "integer", "multipleOf": 128},
                slot_size_mib={"type": "integer", "minimum": 128},
                block_size_mib={"enum": [1 << bit for bit in range(1, 20)]},
            ),
            **{
                name: ANY
                for name in (
                    "balloon cpu-config drives entropy logger metrics mmds-config "
                    "network-interfaces pmem serial vsock"
                ).split()
            },
        },
    ),
    # Cloud Hypervisor, VmConfig, PayloadConfig, MemoryConfig and MemoryZoneConfig of its API:
    # cloud-hypervisor/cloud-hypervisor, vmm/src/api/openapi/cloud-hypervisor.yaml at 00f68228; sizes of 0
    # and the ways to plug in from docs/memory.md at 0c1ee152
    "cloud-hypervisor": mapping(
        ["payload"],
        payload=mapping(
            [],
            firmware=TEXT,
            kernel=TEXT,
            cmdline={**TEXT, "pattern": PRINTABLE},
            initramfs=TEXT,
            igvm=TEXT,
            host_data=TEXT,
        ),
        memory=mapping(
            ["size"],
            size=WHOLE,
            hotplug_size={"type": "integer", "minimum": 1},
            hotplugged_size={"type": "integer", "minimum": 1},
            hotplug_method={"enum": ["Acpi", "VirtioMem"]},
            mergeable=BOOLEAN,
            shared=BOOLEAN,
            hugepages=BOOLEAN,
            hugepage_size=WHOLE,
            prefault=BOOLEAN,
            reserve=BOOLEAN,
            thp=BOOLEAN,
            zones={
                "type": "array",
                "items": mapping(
                    ["id", "size"],
                    id=TEXT,
                    size={"type": "integer", "minimum": 1},
                    file=TEXT,
                    mergeable=BOOLEAN,
                    shared=BOOLEAN,
                    hugepages=BOOLEAN,
                    hugepage_size=WHOLE,
                    host_numa_node=WHOLE,
                    hotplug_size={"type": "integer", "minimum": 1},
                    hotplugged_size={"type": "integer", "minimum": 1},
                    prefault=BOOLEAN,
                    reserve=BOOLEAN,
                ),
            },
        ),
        **{
            name: ANY
            for name in (
                "cpus rate_limit_groups disks net rng balloon fs generic_vhost_user pmem serial "
                "console debug_console devices user_devices vdpa vsock numa iommu watchdog rtc "
                "pvpanic pci_segments platform tpm landlock_enable landlock_rules"
            ).split()
        },
    ),
    # Kata Containers, hypervisor of configuration.toml: kata-containers/kata-containers,
    # src/runtime/pkg/katautils/config.go (names and types; acrn up to 3.0), and for cloud-hypervisor
    # src/runtime-rs; src/runtime/config/configuration-qemu.toml.in at 0083d1ae
    "kata": {
        "type": "object",
        "required": ["hypervisor"],
        "properties": {
            "hypervisor": {
                "type": "object",
                "minProperties": 1,
                "propertyNames": {
                    "enum": ["qemu", "clh", "firecracker", "stratovirt", "dragonball", "acrn",
                             "remote", "cloud-hypervisor"]
                },
                "additionalProperties": {
                    "type": "object",
                    "properties": {
                        "kernel_params": TEXT,
                        "default_memory": WHOLE,
                        "default_maxmemory": WHOLE,
                        "memory_slots": WHOLE,
                        "memory_offset": WHOLE,
                        "enable_virtio_mem": BOOLEAN,
                        "enable_hugepages": BOOLEAN,
                    },
                },
            },
            "agent": ANY,
            "runtime": ANY,
            "factory": ANY,
            "image": ANY,
        },
        "additionalProperties": False,
    },
    # Bottlerocket, BootSettings (settings-models/boot) with BootConfigKey and BootConfigValue
    # (modeled-types)
    "bottlerocket": {
        "type": "object",
        "required": ["settings"],
        "properties": {
            "settings": {
                "type": "object",
                "required": ["boot"],
                "properties": {
                    "boot": {
                        "type": "object",
                        "properties": {
                            "reboot-to-reconcile": {"type": "boolean"},
                            "kernel-parameters": BOOT_CONFIG,
                            "init-parameters": BOOT_CONFIG,
                        },
                        "additionalProperties": False,
                    }
                },
            }
        },
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
    if target in ("bootc", "kata", "bottlerocket"):
        import tomllib

        with open(path, "rb") as file:
            return tomllib.load(file)
    if target in ("firecracker", "cloud-hypervisor"):
        with open(path, encoding="utf-8") as file:
            return json.load(file)
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
    elif target == "firecracker":
        words = document["boot-source"]["boot_args"].split(" ")
    elif target == "cloud-hypervisor":
        words = document["payload"]["cmdline"].split(" ")
    elif target == "kata":
        # As the runtime cuts it.
        (hypervisor,) = document["hypervisor"].values()
        words = hypervisor["kernel_params"].split(" ")
    elif target == "bottlerocket":
        names = document["settings"]["boot"]["kernel-parameters"]
        words = [
            word
            for name, values in names.items()
            for word in ([f"{name}={value}" for value in values] or [name])
        ]
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
