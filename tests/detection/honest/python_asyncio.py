# asyncio with tasks, a queue, virtual time, a function in a thread and a child that is read from.
# prints: queue [0, 1, 2]
# prints: thread 3
# prints: child hi
import asyncio


async def produce(queue):
    for number in range(3):
        await asyncio.sleep(1)
        await queue.put(number)


async def main():
    queue = asyncio.Queue()
    task = asyncio.create_task(produce(queue))
    print("queue", [await queue.get() for _ in range(3)])
    await task
    print("thread", await asyncio.to_thread(sum, [1, 2]))
    child = await asyncio.create_subprocess_exec("echo", "hi", stdout=asyncio.subprocess.PIPE)
    print("child", (await child.communicate())[0].decode().strip())


asyncio.run(main())
