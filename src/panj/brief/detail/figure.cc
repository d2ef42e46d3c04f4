// SPDX-License-Identifier: Apache-2.0
#include "panj/brief/detail/figure.h"

#include <fmt/format.h>

#include "panj/brief/html.h"

namespace panj::brief::detail {

std::string html(const Figure& figure) {
  const std::string table =
      figure.table.empty()
          ? ""
          : fmt::format("<details><summary>{}: {}</summary>\n{}</details>\n",
                        escape(figure.summary), escape(figure.title), figure.table);
  return fmt::format(
      "<figure id=\"{id}\" aria-labelledby=\"{id}-title\">\n<h3 id=\"{id}-title\">{title}</h3>\n"
      "<p class=\"sub\">{subtitle}</p>\n{before}"
      "<p class=\"visually-hidden\" id=\"{id}-alt\">{alternative}</p>\n"
      "<div class=\"plot\" data-figure=\"{kind}\" data-alt=\"{id}-alt\" data-item=\"{item}\" "
      "tabindex=\"0\" role=\"group\" aria-labelledby=\"{id}-title\"></div>\n"
      "<figcaption>{caption}</figcaption>\n{table}</figure>\n",
      fmt::arg("id", figure.id), fmt::arg("title", escape(figure.title)),
      fmt::arg("subtitle", escape(figure.subtitle)), fmt::arg("before", figure.before),
      fmt::arg("alternative", escape(figure.alternative)), fmt::arg("kind", figure.kind),
      fmt::arg("item", figure.item), fmt::arg("caption", escape(figure.caption)),
      fmt::arg("table", table));
}

}  // namespace panj::brief::detail
