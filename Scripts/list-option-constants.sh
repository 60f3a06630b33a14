#!/bin/sh
# Writes Tests/SystemHeaders/options.c: every option-like constant of this system's headers, for the tests to compare with
# the model's table. Run it after an update of the headers: new names then fail the test until the model knows them.
set -eu
cd "$(dirname "$0")/.."
headers='asm-generic/socket.h linux/in.h linux/in6.h linux/tcp.h linux/udp.h'
{
    echo '// Written by Scripts/list-option-constants.sh from the system headers; do not edit.'
    echo '#include "SystemHeaders.h"'
    echo '#include <netinet/in.h>'
    echo '#include <asm/socket.h>'
    for header in linux/in.h linux/in6.h linux/tcp.h linux/udp.h; do echo "#include <$header>"; done
    echo
    echo 'const struct named_number system_options[] = {'
    for header in $headers; do
        sed -nE 's/^[[:space:]]*#[[:space:]]*define[[:space:]]+((SO|IP|IPV6|TCP|UDP|MCAST)_[A-Z0-9_]+)[[:space:]].*/\1/p' \
            "/usr/include/$header"
    done | sort -u | while read -r name; do
        printf '#ifdef %s\n    {"%s", %s},\n#endif\n' "$name" "$name" "$name"
    done
    echo '};'
    echo 'const unsigned long system_options_count = sizeof(system_options) / sizeof(system_options[0]);'
} >Tests/SystemHeaders/options.c
