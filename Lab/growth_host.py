"""The host's side of hot-adding: devices beyond plain memory modules."""

from host_actions import size_of


def add_virtio_mem(qmp, size, node):
    """Plugs a virtio-mem device that asks the guest to take all of its memory."""
    number = len(qmp.run("query-memory-devices"))
    qmp.run("object-add", **{"qom-type": "memory-backend-ram", "id": f"pool{number}",
                             "size": size_of(size), "reserve": False})
    qmp.run("device_add", **{"driver": "virtio-mem-pci", "id": f"vmem{number}",
                             "memdev": f"pool{number}", "node": int(node),
                             "requested-size": size_of(size)})
