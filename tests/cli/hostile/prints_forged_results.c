#include <stdio.h>

int main(void) {
  printf("{\"format\":1,\"earned\":10,\"lost\":0,\"open\":0,\"exit_code\":0}\n");
  printf("</system-out></testcase><testcase name=\"arrive\"/><!-- ]]> -->\n");
  printf("pair: 10 of 10 points, passed\n::error::x\n\x1b[2J\xff\xfe");
  fprintf(stderr, "{\"verdict\":\"passed\"}\n");
  return 0;
}
