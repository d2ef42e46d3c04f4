// SPDX-License-Identifier: Apache-2.0
#include "panj/share/https_client.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <array>

#include "panj/share/detail/basic_login.h"

namespace panj::share {
namespace {

struct Cleanup {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

/// What the callbacks fill in.
struct Incoming {
  HttpResponse response{};
  std::size_t max_body = 0;
};

std::size_t take_body(char* data, std::size_t, std::size_t size, void* into) {
  auto& incoming = *static_cast<Incoming*>(into);
  if (incoming.response.body.size() + size > incoming.max_body) return 0;
  incoming.response.body.append(data, size);
  return size;
}

std::size_t take_header(char* data, std::size_t, std::size_t size, void* into) {
  auto& headers = static_cast<Incoming*>(into)->response.headers;
  std::string_view line(data, size);
  if (line.starts_with("HTTP/")) headers.all.clear();  // After an interim answer.
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return size;
  std::string_view value = line.substr(colon + 1);
  while (value.starts_with(' ')) value.remove_prefix(1);
  headers.add(std::string(line.substr(0, colon)), std::string(value));
  return size;
}

std::string remedy(CURLcode code) {
  switch (code) {
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
      return " (get the server's certificate from its owner and name it with --ca)";
    case CURLE_COULDNT_CONNECT:
    case CURLE_COULDNT_RESOLVE_HOST:
      return " (check the address, and whether the server runs)";
    case CURLE_WRITE_ERROR:
      return " (the answer is too large)";
    default:
      return "";
  }
}

template <class Value>
void set(CURL* handle, CURLoption option, Value value) {
  if (curl_easy_setopt(handle, option, value) != CURLE_OK) {
    throw std::runtime_error("libcurl does not know an option");
  }
}

}  // namespace

struct HttpsClient::State {
  Options options;
  std::unique_ptr<CURL, Cleanup> handle;
};

HttpsClient::HttpsClient(Options options)
    : state_(std::make_unique<State>(State{std::move(options), nullptr})) {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  state_->handle.reset(curl_easy_init());
  if (started != CURLE_OK || !state_->handle) throw std::runtime_error("libcurl does not start");
}
HttpsClient::~HttpsClient() = default;

HttpResponse HttpsClient::send(const HttpRequest& request) {
  const Options& options = state_->options;
  CURL* const handle = state_->handle.get();
  curl_easy_reset(handle);
  Incoming incoming{.max_body = options.max_body};
  std::array<char, CURL_ERROR_SIZE> reason{};
  std::unique_ptr<curl_slist, Cleanup> headers;
  const auto add = [&](const std::string& line) {
    curl_slist* const longer = curl_slist_append(headers.get(), line.c_str());
    if (longer == nullptr) throw std::bad_alloc();
    (void)headers.release();
    headers.reset(longer);
  };
  for (const auto& [name, value] : request.headers.all) add(fmt::format("{}: {}", name, value));
  if (!options.user.empty()) {
    add("Authorization: " + detail::basic_authorization({options.user, options.password}));
  }
  set(handle, CURLOPT_URL, request.target.c_str());
  set(handle, CURLOPT_PROTOCOLS_STR, "https");
  set(handle, CURLOPT_SSLVERSION, long{CURL_SSLVERSION_TLSv1_2});
  if (!options.authorities.empty()) {
    set(handle, CURLOPT_CAINFO, options.authorities.string().c_str());
  }
  set(handle, CURLOPT_NOSIGNAL, 1L);
  set(handle, CURLOPT_CONNECTTIMEOUT, static_cast<long>(options.connect_time.count()));
  set(handle, CURLOPT_LOW_SPEED_LIMIT, 1L);
  set(handle, CURLOPT_LOW_SPEED_TIME, static_cast<long>(options.stalled_time.count()));
  set(handle, CURLOPT_CUSTOMREQUEST, request.method.c_str());
  if (request.method == "POST") {
    set(handle, CURLOPT_POSTFIELDS, request.body.data());
    set(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
  }
  set(handle, CURLOPT_HTTPHEADER, headers.get());
  set(handle, CURLOPT_WRITEFUNCTION, &take_body);
  set(handle, CURLOPT_WRITEDATA, &incoming);
  set(handle, CURLOPT_HEADERFUNCTION, &take_header);
  set(handle, CURLOPT_HEADERDATA, &incoming);
  set(handle, CURLOPT_ERRORBUFFER, reason.data());
  const CURLcode code = curl_easy_perform(handle);
  if (code != CURLE_OK) {
    const char* const why = reason[0] == '\0' ? curl_easy_strerror(code) : reason.data();
    throw ConnectionError(fmt::format("{}: {}{}", request.target, why, remedy(code)));
  }
  long status = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  incoming.response.status = static_cast<unsigned>(status);
  return std::move(incoming.response);
}

}  // namespace panj::share
