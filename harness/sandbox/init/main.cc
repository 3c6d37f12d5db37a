// Box init: the first process of a box. Usage: jitterlab-box-init root UID | user | none FOLDER, with the channel to
// the harness as descriptor 100. Started by sandbox/box.cc only.
#include <exception>
#include <string>
#include <vector>

#include "os/error.h"
#include "sandbox/init/place.h"
#include "sandbox/init/supervisor.h"

int main(int count, char** values) {
  using namespace jitterlab;
  const std::vector<std::string> arguments(values, values + count);
  try {
    init::Supervisor(init::settle(arguments)).run();
  } catch (const std::exception& error) {
    send_message(kChannel, Message::array({Message::array({"broken", std::string("box init: ") + error.what()})}));
  }
  return 1;
}
