// libFuzzer has main, and calls these two.
#include <stddef.h>
#include <stdint.h>

void swift_sockets_fuzz_choose(void);
void swift_sockets_fuzz_run(const uint8_t *bytes, size_t count);

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    (void)argc;
    (void)argv;
    swift_sockets_fuzz_choose();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
    swift_sockets_fuzz_run(bytes, count);
    return 0;
}
