#include "core/error.h"

#include <sstream>

namespace nabla {

void MessagePart::print_text(std::ostream& out, const void* p) {
  out << static_cast<const char*>(p);
}

std::string join(std::initializer_list<MessagePart> parts) {
  std::ostringstream out;
  out << std::boolalpha;
  for (const MessagePart& part : parts) part.print(out);
  return out.str();
}

void throw_error(ErrorKind kind, std::initializer_list<MessagePart> parts) {
  throw Error(kind, join(parts));
}

}  // namespace nabla
