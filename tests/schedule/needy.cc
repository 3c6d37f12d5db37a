// Not freestanding: what Schedule.needy must notice.
int* made_on_the_heap() { return new int(1); }
