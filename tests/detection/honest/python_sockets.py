# The lecture's TCP and UDP server and client, each in a thread, and a client that does not block.
# prints: tcp HELLO
# prints: udp HELLO
# prints: nothing yet
import socket
import threading

listener = socket.create_server(("127.0.0.1", 0))
place = listener.getsockname()


def serve():
    connection, _ = listener.accept()
    with connection:
        while data := connection.recv(3):
            connection.sendall(data.upper())


server = threading.Thread(target=serve)
server.start()
with socket.create_connection(place) as client:
    client.sendall(b"hello")
    client.shutdown(socket.SHUT_WR)
    answer = b""
    while data := client.recv(16):
        answer += data
print("tcp", answer.decode())
server.join()

box = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
box.bind(("127.0.0.1", 0))


def reply():
    data, sender = box.recvfrom(100)
    box.sendto(data.upper(), sender)


server = threading.Thread(target=reply)
server.start()
client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.sendto(b"hello", box.getsockname())
print("udp", client.recvfrom(100)[0].decode())
server.join()
client.setblocking(False)
try:
    client.recvfrom(100)
except BlockingIOError:
    print("nothing yet")
