#pragma once
// MIMOSA_VERSIONS before a function: it is built twice, for any processor and for one with wider
// vectors, and the choice is made when the program starts.

// Sanitizers and clang run the choice of version before they are ready for it.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define MIMOSA_VERSIONS __attribute__((target_clones("arch=x86-64-v3", "default")))
#else
#define MIMOSA_VERSIONS
#endif
