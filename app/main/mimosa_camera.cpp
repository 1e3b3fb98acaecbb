// mimosa-camera: the process one camera is read in, started by the other programs. It takes orders
// on its standard input and ends with it.

#include <cstdio>
#include <unistd.h>

#include "sensors/capture/child.h"

int main() {
  if (::isatty(STDIN_FILENO)) {
    std::fputs("mimosa-camera is started by mimosa and does nothing by itself.\n", stderr);
    return 2;
  }
  return sensors::capture::runCameraChild();
}
