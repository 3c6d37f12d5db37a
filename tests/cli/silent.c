/* Reads nothing, prints nothing, leaves nothing. */
int main(void) { return 0; }
