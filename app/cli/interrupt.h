// SPDX-License-Identifier: GPL-3.0-or-later
// Interrupt: Ctrl+C ends a long command with what it has found.
#pragma once

#include <atomic>
#include <csignal>
#include <stop_token>
#include <thread>

namespace headroom::cli {

/// While it lives, the first SIGINT is a request to stop; a second one ends the program at once.
/// Made before the threads of the work, which then leave the signal to it.
class Interrupt {
public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

    [[nodiscard]] std::stop_token token() const { return m_source.get_token(); }

private:
    std::stop_source m_source;
    std::atomic<bool> m_over = false;
    sigset_t m_before{};
    std::thread m_watch;
};

} // namespace headroom::cli
