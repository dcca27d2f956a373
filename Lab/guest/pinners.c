/* Long-term pins by the devices that are known for them: RDMA (rxe, in software) and VFIO. */
#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <linux/vfio.h>
#include <rdma/ib_user_verbs.h>
#include <rdma/rdma_netlink.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lab.h"

static void add_text(struct nlmsghdr *message, unsigned short type, const char *text)
{
	size_t size = strlen(text) + 1;
	struct nlattr *attribute = (struct nlattr *)((char *)message + message->nlmsg_len);

	*attribute = (struct nlattr){NLA_HDRLEN + size, type};
	memcpy(attribute + 1, text, size);
	message->nlmsg_len += NLA_ALIGN(NLA_HDRLEN + size);
}

/* `rdma link add rxe0 type rxe netdev lo`: an RDMA device that only software makes. */
void add_rdma(const char *netdev)
{
	char room[512] = {0};
	struct nlmsghdr *message = (struct nlmsghdr *)room;
	struct nlmsgerr *answer = NLMSG_DATA(message);
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_RDMA), problem = 0;

	message->nlmsg_len = NLMSG_HDRLEN;
	message->nlmsg_type = RDMA_NL_GET_TYPE(RDMA_NL_NLDEV, RDMA_NLDEV_CMD_NEWLINK);
	message->nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK;
	add_text(message, RDMA_NLDEV_ATTR_DEV_NAME, "rxe0");
	add_text(message, RDMA_NLDEV_ATTR_LINK_TYPE, "rxe");
	add_text(message, RDMA_NLDEV_ATTR_NDEV_NAME, netdev);
	if (fd < 0 || send(fd, message, message->nlmsg_len, 0) < 0 ||
	    recv(fd, room, sizeof(room), 0) < 0)
		problem = errno;
	else
		problem = -answer->error;
	if (fd >= 0)
		close(fd);
	result("rdma", netdev, "%s", problem ? strerrorname_np(problem) : "ok");
}

/* One command of the verbs' write interface: a header, the request, room for the answer. */
static int verb(int fd, unsigned command, void *request, size_t size, void *answer, size_t room)
{
	char message[256];
	struct ib_uverbs_cmd_hdr header = {command, (sizeof(header) + size) / 4, room / 4};
	uint64_t response = (uintptr_t)answer;

	memcpy(request, &response, sizeof(response));
	memcpy(message, &header, sizeof(header));
	memcpy(message + sizeof(header), request, size);
	if (write(fd, message, sizeof(header) + size) < 0) {
		say("lab: verb %u: %s", command, strerror(errno));
		return -1;
	}
	return 0;
}

/* As ibv_reg_mr() does. */
static void occupy_rdma(size_t bytes)
{
	struct ib_uverbs_get_context context = {0};
	struct ib_uverbs_get_context_resp context_answer;
	struct ib_uverbs_alloc_pd domain = {0};
	struct ib_uverbs_alloc_pd_resp domain_answer;
	struct ib_uverbs_reg_mr region = {0};
	struct ib_uverbs_reg_mr_resp region_answer;
	char *at = map_memory(bytes, PROT_READ | PROT_WRITE);
	int fd = open("/dev/infiniband/uverbs0", O_RDWR | O_CLOEXEC);

	memset(at, 1, bytes);
	region.start = region.hca_va = (uintptr_t)at;
	region.length = bytes;
	region.access_flags = 1; /* local write */
	if (fd < 0)
		say("lab: /dev/infiniband/uverbs0: %s", strerror(errno));
	if (fd < 0 ||
	    verb(fd, IB_USER_VERBS_CMD_GET_CONTEXT, &context, sizeof(context), &context_answer,
		 sizeof(context_answer)) ||
	    verb(fd, IB_USER_VERBS_CMD_ALLOC_PD, &domain, sizeof(domain), &domain_answer,
		 sizeof(domain_answer)))
		_exit(1);
	region.pd_handle = domain_answer.pd_handle;
	if (verb(fd, IB_USER_VERBS_CMD_REG_MR, &region, sizeof(region), &region_answer,
		 sizeof(region_answer)))
		_exit(1);
}

static void unlimit(void)
{
	struct rlimit unlimited = {RLIM_INFINITY, RLIM_INFINITY};

	setrlimit(RLIMIT_MEMLOCK, &unlimited);
}

static void occupy_rdma_unlimited(size_t bytes)
{
	unlimit();
	occupy_rdma(bytes);
}

void hold_rdma(size_t bytes)
{
	in_child("rdma-pin", occupy_rdma_unlimited, bytes);
}

/* As a VMM does with a guest's memory, for the first group that there is. */
static void occupy_vfio(size_t bytes)
{
	char name[40] = "";
	char *at = map_memory(bytes, PROT_READ | PROT_WRITE);
	struct vfio_iommu_type1_dma_map mapping = {
		.argsz = sizeof(mapping), .flags = VFIO_DMA_MAP_FLAG_READ | VFIO_DMA_MAP_FLAG_WRITE};
	int container = open("/dev/vfio/vfio", O_RDWR | O_CLOEXEC), group = -1;

	unlimit();
	memset(at, 1, bytes);
	for (int number = 0; number < 64 && group < 0; number++) {
		snprintf(name, sizeof(name), "/dev/vfio/%d", number);
		group = open(name, O_RDWR | O_CLOEXEC);
	}
	mapping.vaddr = (uintptr_t)at;
	mapping.size = bytes;
	if (ioctl(group, VFIO_GROUP_SET_CONTAINER, &container) < 0 ||
	    ioctl(container, VFIO_SET_IOMMU, VFIO_TYPE1v2_IOMMU) < 0 ||
	    ioctl(container, VFIO_IOMMU_MAP_DMA, &mapping) < 0) {
		say("lab: vfio, group %d, container %d: %s", group, container, strerror(errno));
		_exit(1);
	}
}

void hold_vfio(size_t bytes)
{
	in_child("vfio-pin", occupy_vfio, bytes);
}
