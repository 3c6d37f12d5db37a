# subprocess with pipes and a time limit, os.fork with a pipe, and a signal between two processes.
# prints: echo HELLO
# prints: late
# prints: child 7
# prints: signal SIGUSR1
import os
import signal
import subprocess

ran = subprocess.run(["tr", "a-z", "A-Z"], input="hello", capture_output=True, text=True, check=True)
print("echo", ran.stdout)
try:
    child = subprocess.Popen(["cat"], stdin=subprocess.PIPE)
    child.wait(timeout=2)
except subprocess.TimeoutExpired:
    child.stdin.close()
    child.wait()
    print("late")

reading, writing = os.pipe()
if (pid := os.fork()) == 0:
    os.write(writing, b"7")
    os._exit(0)
print("child", os.read(reading, 1).decode())
os.waitpid(pid, 0)

came = []
signal.signal(signal.SIGUSR1, lambda number, frame: came.append(signal.Signals(number).name))
parent = os.getpid()
if (pid := os.fork()) == 0:
    os.kill(parent, signal.SIGUSR1)
    os._exit(0)
os.waitpid(pid, 0)
print("signal", came[0])
