// SPDX-License-Identifier: Apache-2.0
#include "panj/share/https_server.h"

#include <fmt/format.h>

#include <utility>  // Boost 1.74 uses std::exchange without it.

#include <atomic>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <boost/beast/version.hpp>
#include <charconv>
#include <csignal>
#include <unordered_set>

#include "panj/core/problem.h"

namespace panj::share {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using Tcp = asio::ip::tcp;
using Error = boost::system::error_code;
using Stream = beast::ssl_stream<beast::tcp_stream>;
using Parser = http::request_parser<http::string_body>;
using Answer = http::response<http::string_body>;

Tcp::endpoint endpoint_of(const std::string& listen) {
  const std::size_t colon = listen.rfind(':');
  const InvalidInput wrong({.field = "listen",
                            .what = fmt::format("is '{}'", listen),
                            .why = "must be an address and a port",
                            .suggestion = "such as 127.0.0.1:6443, 0.0.0.0:6443 or [::]:6443"});
  if (colon == std::string::npos) throw InvalidInput(wrong);
  std::string host = listen.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (host == "localhost") host = "127.0.0.1";
  std::uint16_t port = 0;
  const char* const end = listen.data() + listen.size();
  const auto result = std::from_chars(listen.data() + colon + 1, end, port);
  Error error;
  const auto address = asio::ip::make_address(host, error);
  if (error || result.ec != std::errc{} || result.ptr != end) throw InvalidInput(wrong);
  return {address, port};
}

std::string text_of(const Tcp::endpoint& endpoint) {
  const std::string host = endpoint.address().to_string();
  return fmt::format(fmt::runtime(endpoint.address().is_v6() ? "[{}]:{}" : "{}:{}"), host,
                     endpoint.port());
}

/// TLS 1.2 with forward secrecy, or 1.3.
asio::ssl::context context_of(const ServerOptions& options) {
  using Context = asio::ssl::context;
  Context context(Context::tls_server);
  SSL_CTX* const native = context.native_handle();
  SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
  SSL_CTX_set_cipher_list(native, "ECDHE+AESGCM:ECDHE+CHACHA20");
  SSL_CTX_set_options(
      native, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);
  const auto require = [](const Error& error, const std::filesystem::path& file) {
    if (!error) return;
    throw InvalidInput({.file = file.string(),
                        .what = error.message(),
                        .why = "must be PEM: a certificate, and the key that it was made for"});
  };
  Error error;
  context.use_certificate_chain_file(options.certificate.string(), error);
  require(error, options.certificate);
  context.use_private_key_file(options.certificate_key.string(), Context::pem, error);
  require(error, options.certificate_key);
  return context;
}

HttpRequest head_of(const Parser& parser) {
  const auto& message = parser.get();
  HttpRequest request{.method = std::string(message.method_string()),
                      .target = std::string(message.target())};
  for (const auto& field : message) {
    request.headers.add(std::string(field.name_string()), std::string(field.value()));
  }
  return request;
}

/// What RFC 9112 has a server refuse before anything else: a head that another reader of the same
/// bytes could take for another request, or for one with another body. Nothing when it is right.
struct HeadFault {
  unsigned status;
  const char* title;
};
std::optional<HeadFault> fault_of(const Parser& parser) {
  const auto& message = parser.get();
  const auto count = [&](http::field name) {
    const auto range = message.equal_range(name);
    return std::distance(range.first, range.second);
  };
  const bool is_old = message.version() < 11;
  if (count(http::field::host) > 1 || (!is_old && count(http::field::host) == 0)) {
    return HeadFault{400, "A request has one Host"};
  }
  const auto codings = count(http::field::transfer_encoding);
  if (codings == 0) return std::nullopt;
  if (is_old) return HeadFault{400, "HTTP/1.0 has no Transfer-Encoding"};
  const bool is_known =
      codings == 1 && beast::iequals(message[http::field::transfer_encoding], "chunked");
  if (is_known) return std::nullopt;
  return HeadFault{501, "There is no Transfer-Encoding but chunked"};
}

HttpResponse refusal(unsigned status, const char* title) {
  HttpResponse response{.status = status, .body = fmt::format(R"({{"title":"{}"}})", title)};
  response.headers.add("Content-Type", "application/taxii+json;version=2.1");
  return response;
}

class Connection;

/// What connections share. All but the pools' work is done by the thread that runs `io`.
struct Core {
  Core(ServerOptions given, HttpService& given_service)
      : options(std::move(given)),
        service(given_service),
        tls(context_of(options)),
        readers(std::max(1U, options.readers)) {
    const Tcp::endpoint endpoint = endpoint_of(options.listen);
    try {
      acceptor = Tcp::acceptor(io, endpoint);
    } catch (const boost::system::system_error& error) {
      throw std::runtime_error(
          fmt::format("cannot listen on {}: {}", options.listen, error.code().message()));
    }
  }

  void accept();
  void stop();
  void stop_at_signals();
  void forget(Connection* connection);

  ServerOptions options;
  HttpService& service;
  std::unordered_set<Connection*> open;
  std::size_t body_bytes = 0;
  std::atomic<std::size_t> waiting_logins = 0;
  bool is_stopping = false;
  asio::io_context io{1};
  asio::ssl::context tls;
  Tcp::acceptor acceptor{io};
  asio::steady_timer pause{io};
  asio::steady_timer grace{io};
  asio::signal_set signals{io};
  asio::thread_pool readers;
  asio::thread_pool writers{1};
  asio::thread_pool logins{1};
};

/// One connection: the handshake, then request after request. Each step holds the connection until
/// the next; without a next step it closes.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Core& core, Tcp::socket socket)
      : core_(core), stream_(std::move(socket), core.tls), buffer_(core.options.max_header) {
    core_.open.insert(this);
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() {
    core_.body_bytes -= held_bytes_;
    core_.forget(this);
  }

  void start() {
    Error ignored;
    tcp().socket().set_option(Tcp::no_delay(true), ignored);
    tcp().expires_after(core_.options.header_time);
    stream_.async_handshake(asio::ssl::stream_base::server,
                            [self = shared_from_this()](const Error& error) {
                              if (!error) self->read_head();
                            });
  }
  void close_if_idle() {
    if (is_idle_) tcp().close();
  }

 private:
  beast::tcp_stream& tcp() { return beast::get_lowest_layer(stream_); }

  void read_head() {
    if (core_.is_stopping) return shut_down();
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(core_.options.max_header));
    parser_->body_limit(core_.options.max_body);
    is_idle_ = true;
    tcp().expires_after(core_.options.header_time);
    http::async_read_header(
        stream_, buffer_, *parser_,
        [self = shared_from_this()](const Error& error, std::size_t) { self->on_head(error); });
  }

  void on_head(const Error& error) {
    is_idle_ = false;
    if (error) return on_read_error(error);
    request_ = head_of(*parser_);
    keep_alive_ = parser_->keep_alive();
    if (const auto fault = fault_of(*parser_)) {
      keep_alive_ = false;
      return answer(refusal(fault->status, fault->title));
    }
    if (parser_->is_done()) return respond();
    work([](HttpService& service, const HttpRequest& head) { return service.refuse(head); },
         &Connection::on_admission);
  }

  void on_read_error(const Error& error) {
    keep_alive_ = false;
    if (error == http::error::end_of_stream) return shut_down();
    if (error == http::error::header_limit || error == http::error::buffer_overflow) {
      return answer(refusal(431, "The header is too large"));
    }
    if (error == http::error::body_limit) return answer(refusal(413, "The body is too large"));
    const bool is_http =
        error.category() == http::make_error_code(http::error::bad_line_ending).category();
    if (is_http && error != http::error::partial_message) {
      answer(refusal(400, "This is no HTTP request"));
    }
  }

  /// The head was found right: the body may come, if there is room for it.
  void on_admission(std::optional<HttpResponse> refused) {
    if (refused) {
      keep_alive_ = false;
      return answer(*std::move(refused));
    }
    const std::size_t size = parser_->content_length().value_or(core_.options.max_body);
    if (core_.body_bytes + size > core_.options.max_bodies) {
      keep_alive_ = false;
      return answer(refusal(503, "Too much is being sent; try again later"));
    }
    core_.body_bytes += size;
    held_bytes_ = size;
    tcp().expires_after(core_.options.body_time);
    const bool waits = beast::iequals(request_.headers.get("Expect"), "100-continue");
    if (!waits) return read_body();
    interim_.emplace(http::status::continue_, 11);
    http::async_write(stream_, *interim_,
                      [self = shared_from_this()](const Error& error, std::size_t) {
                        if (!error) self->read_body();
                      });
  }

  void read_body() {
    http::async_read(stream_, buffer_, *parser_,
                     [self = shared_from_this()](const Error& error, std::size_t) {
                       if (error) return self->on_read_error(error);
                       self->request_.body = std::move(self->parser_->get().body());
                       self->respond();
                     });
  }

  void respond() {
    work([](HttpService& service,
            const HttpRequest& request) { return std::optional(service.respond(request)); },
         &Connection::on_answer);
  }
  void on_answer(std::optional<HttpResponse> response) { answer(*std::move(response)); }

  using Action = std::optional<HttpResponse> (*)(HttpService&, const HttpRequest&);
  using Next = void (Connection::*)(std::optional<HttpResponse>);

  /// What is done elsewhere, and what then follows here. The connection is never let go elsewhere.
  struct Job {
    std::shared_ptr<Connection> self;
    asio::executor_work_guard<asio::io_context::executor_type> stays_open;
    Action action;
    Next next;
  };

  void work(Action action, Next next) {
    Job job{shared_from_this(), asio::make_work_guard(core_.io), action, next};
    asio::post(core_.readers, [job = std::move(job)]() mutable { choose_lane(std::move(job)); });
  }

  static void choose_lane(Job job) {
    Core& core = job.self->core_;
    const Lane lane = core.service.lane(job.self->request_);
    if (lane == Lane::reading) return finish(std::move(job));
    if (lane == Lane::writing) {
      return asio::post(core.writers, [job = std::move(job)]() mutable { finish(std::move(job)); });
    }
    if (++core.waiting_logins > core.options.max_logins) {
      --core.waiting_logins;
      job.action = [](HttpService&, const HttpRequest&) {
        return std::optional(refusal(503, "Too many log in; try again later"));
      };
      return finish(std::move(job));
    }
    asio::post(core.logins, [job = std::move(job)]() mutable {
      --job.self->core_.waiting_logins;
      finish(std::move(job));
    });
  }

  static void finish(Job job) {
    Core& core = job.self->core_;
    auto response = job.action(core.service, job.self->request_);
    asio::post(core.io, [job = std::move(job), response = std::move(response)]() mutable {
      ((*job.self).*job.next)(std::move(response));
    });
  }

  void answer(HttpResponse response) {
    core_.body_bytes -= std::exchange(held_bytes_, 0);
    const bool is_head = request_.method == "HEAD";
    request_ = {};
    keep_alive_ = keep_alive_ && !core_.is_stopping;
    answer_.emplace(http::int_to_status(response.status), 11);
    for (auto& [name, value] : response.headers.all) answer_->set(name, value);
    answer_->body() = std::move(response.body);
    answer_->keep_alive(keep_alive_);
    answer_->prepare_payload();
    if (is_head) answer_->body().clear();  // Its length is told; what follows is the next answer.
    tcp().expires_after(core_.options.answer_time);
    http::async_write(stream_, *answer_,
                      [self = shared_from_this()](const Error& error, std::size_t) {
                        self->answer_.reset();
                        if (error) return;
                        if (self->keep_alive_) return self->read_head();
                        self->drain(0);
                      });
  }

  /// Takes some of what is still being sent, so that the answer is not lost in a reset.
  void drain(std::size_t taken) {
    constexpr std::size_t kAtOnce = 16384;
    if (taken == 0) tcp().expires_after(core_.options.parting_time);
    const bool is_done = !parser_ || parser_->is_done() || taken > core_.options.max_body;
    if (is_done) return shut_down();
    buffer_.clear();
    rest_.resize(kAtOnce);
    stream_.async_read_some(asio::buffer(rest_), [self = shared_from_this(), taken](
                                                     const Error& error, std::size_t bytes) {
      if (!error) self->drain(taken + bytes);
    });
  }

  void shut_down() {
    tcp().expires_after(core_.options.parting_time);
    stream_.async_shutdown([self = shared_from_this()](const Error&) {});
  }

  Core& core_;
  Stream stream_;
  beast::flat_buffer buffer_;
  std::optional<Parser> parser_{};
  HttpRequest request_{};
  std::optional<http::response<http::empty_body>> interim_{};
  std::optional<Answer> answer_{};
  std::string rest_{};
  std::size_t held_bytes_ = 0;
  bool keep_alive_ = false;
  bool is_idle_ = false;
};

void Core::accept() {
  acceptor.async_accept([this](const Error& error, Tcp::socket socket) {
    if (!acceptor.is_open()) return;
    if (error) {  // Too many files are open, say: some will close.
      constexpr std::chrono::milliseconds kPause{100};
      pause.expires_after(kPause);
      pause.async_wait([this](const Error& stopped) {
        if (!stopped) accept();
      });
      return;
    }
    if (open.size() < options.max_connections) {
      std::make_shared<Connection>(*this, std::move(socket))->start();
    }
    accept();
  });
}

/// No new connections; those without a request close, the others when theirs is answered.
void Core::stop() {
  if (std::exchange(is_stopping, true)) return;
  Error ignored;
  acceptor.close(ignored);
  pause.cancel();
  signals.cancel(ignored);
  for (Connection* connection : open) connection->close_if_idle();
  if (open.empty()) return;
  grace.expires_after(options.grace);
  grace.async_wait([this](const Error& error) {
    if (!error) io.stop();
  });
}

void Core::stop_at_signals() {
  signals.add(SIGTERM);
  signals.add(SIGINT);
  signals.async_wait([this](const Error& error, int) {
    if (!error) stop();
  });
}

void Core::forget(Connection* connection) {
  open.erase(connection);
  if (is_stopping && open.empty()) grace.cancel();
}

}  // namespace

struct HttpsServer::State : Core {
  using Core::Core;
};

HttpsServer::HttpsServer(ServerOptions options, HttpService& service)
    : state_(std::make_unique<State>(std::move(options), service)) {}
HttpsServer::~HttpsServer() = default;

std::string HttpsServer::address() const {
  return text_of(state_->acceptor.local_endpoint());
}

void HttpsServer::run() {
  state_->accept();
  state_->io.run();
}

void HttpsServer::stop() {
  asio::post(state_->io, [core = state_.get()] { core->stop(); });
}

void HttpsServer::stop_at_signals() {
  state_->stop_at_signals();
}

}  // namespace panj::share
