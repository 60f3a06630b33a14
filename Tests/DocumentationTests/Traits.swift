/// Whether the modules of all adapters are built, so that snippets which import them can be checked.
#if Logging && Metrics && ServiceLifecycle
    let hasAllTraits = true
#else
    let hasAllTraits = false
#endif
