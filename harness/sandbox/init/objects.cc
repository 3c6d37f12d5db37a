#include "sandbox/init/objects.h"

#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

namespace jitterlab::init {
namespace {

union SemaphoreArgument {
  int value;
  semid_ds* set;
  seminfo* info;
};

void fill(Object& object, const ipc_perm& permissions) {
  object.key = static_cast<std::uint32_t>(permissions.__key);
  object.mode = permissions.mode & 0777;
  object.owner = permissions.cuid;
}

// A segment that was erased but is still attached has lost its key and shows as "to be destroyed".
constexpr unsigned kToBeDestroyed = 01000;

}  // namespace

std::optional<Object> object(char kind, int id) {
  Object result;
  result.kind = kind;
  result.id = id;
  if (kind == 'm') {
    shmid_ds segment{};
    if (::shmctl(id, IPC_STAT, &segment) != 0) return std::nullopt;
    fill(result, segment.shm_perm);
    result.size = static_cast<std::int64_t>(segment.shm_segsz);
    result.operated = segment.shm_atime != 0;
    result.creator = segment.shm_cpid;
    result.erased = (segment.shm_perm.mode & kToBeDestroyed) != 0;
  } else if (kind == 's') {
    semid_ds set{};
    SemaphoreArgument argument{};
    argument.set = &set;
    if (::semctl(id, 0, IPC_STAT, argument) != 0) return std::nullopt;
    fill(result, set.sem_perm);
    result.size = static_cast<std::int64_t>(set.sem_nsems);
    result.operated = set.sem_otime != 0;
  } else {
    msqid_ds queue{};
    if (::msgctl(id, IPC_STAT, &queue) != 0) return std::nullopt;
    fill(result, queue.msg_perm);
    result.operated = queue.msg_stime != 0;
  }
  return result;
}

ObjectIds object_ids() {
  ObjectIds ids;
  // The kernel's tables are walked by index; the first call tells the highest one in use.
  shm_info segments{};
  const int last_segment = ::shmctl(0, SHM_INFO, reinterpret_cast<shmid_ds*>(&segments));
  for (int index = 0; segments.used_ids > 0 && index <= last_segment; ++index) {
    shmid_ds ignored{};
    const int id = ::shmctl(index, SHM_STAT, &ignored);
    if (id >= 0) ids.emplace('m', id);
  }
  seminfo sets{};
  SemaphoreArgument argument{};
  argument.info = &sets;
  const int last_set = ::semctl(0, 0, SEM_INFO, argument);
  for (int index = 0; sets.semusz > 0 && index <= last_set; ++index) {
    semid_ds ignored{};
    argument.set = &ignored;
    const int id = ::semctl(index, 0, SEM_STAT, argument);
    if (id >= 0) ids.emplace('s', id);
  }
  msginfo queues{};
  const int last_queue = ::msgctl(0, MSG_INFO, reinterpret_cast<msqid_ds*>(&queues));
  for (int index = 0; queues.msgpool > 0 && index <= last_queue; ++index) {
    msqid_ds ignored{};
    const int id = ::msgctl(index, MSG_STAT, &ignored);
    if (id >= 0) ids.emplace('q', id);
  }
  return ids;
}

std::vector<Object> objects() {
  std::vector<Object> all;
  for (const auto& [kind, id] : object_ids()) {
    if (const auto found = object(kind, id)) all.push_back(*found);
  }
  return all;
}

void remove(const Object& object) {
  if (object.kind == 'm') ::shmctl(object.id, IPC_RMID, nullptr);
  if (object.kind == 's') ::semctl(object.id, 0, IPC_RMID);
  if (object.kind == 'q') ::msgctl(object.id, IPC_RMID, nullptr);
}

}  // namespace jitterlab::init
