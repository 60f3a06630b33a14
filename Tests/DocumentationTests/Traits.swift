/// Whether the modules of all adapters are built, so that snippets which import them can be checked.
#if Logging && Metrics && ServiceLifecycle && TLS
    let hasAllTraits = true
#else
    let hasAllTraits = false
#endif

/// Whether the io_uring backend is built, so that snippets which name it can be checked.
#if URing && os(Linux)
    let hasURing = true
#else
    let hasURing = false
#endif
