// SPDX-License-Identifier: Apache-2.0
#include "panj/brief/bundle.h"

// PANJ_UI_DIST is the folder that ui/build.mjs wrote.
#define PANJ_EMBED(name, file)                                                    \
  __asm__(                                                                        \
      ".pushsection .rodata\n"                                                    \
      "panj_" #name "_begin:\n.incbin \"" PANJ_UI_DIST "/" file "\"\npanj_" #name \
      "_end:\n.byte 0\n.popsection\n");                                           \
  extern "C" const char panj_##name##_begin[];                                    \
  extern "C" const char panj_##name##_end[];                                      \
  namespace panj::brief {                                                         \
  std::string_view bundled_##name() {                                             \
    return {panj_##name##_begin, panj_##name##_end};                              \
  }                                                                               \
  }

PANJ_EMBED(script, "brief.js")
PANJ_EMBED(script_hash, "brief.js.sha256")
PANJ_EMBED(style, "brief.css")
PANJ_EMBED(style_hash, "brief.css.sha256")
PANJ_EMBED(basemap, "basemap.json")
