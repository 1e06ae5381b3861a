#include <xlsxwriter.h>

// Of glibc, which declares it for GNU sources only.
extern int memfd_create(const char *name, unsigned int flags);

// A file in memory that is closed in programs that are started; -1 where there can be none.
static inline int clew_memory_file(void) { return memfd_create("workbook", 1U); }
