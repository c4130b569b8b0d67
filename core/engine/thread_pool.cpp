// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/thread_pool.h"

#include <algorithm>

#if defined(__x86_64__) || defined(__i386__)
#include <immintrin.h>
#endif

namespace headroom {
namespace {

/// Spins of a waiting thread before it sleeps: some 20 to 50 microseconds, longer than the gaps
/// between two regions of one token and shorter than a scheduler's time slice.
constexpr int spin_limit = 2000;

void pause_core() {
#if defined(__x86_64__) || defined(__i386__)
    _mm_pause();
#elif defined(__aarch64__)
    asm volatile("yield" ::: "memory");
#endif
}

} // namespace

/// Waits until the value differs from `old`, spinning first.
template <class T>
T ThreadPool::Watched<T>::wait_for_change(T old) {
    for (int i = 0; i < spin_limit; ++i) {
        const T now = value.load(std::memory_order_acquire);
        if (now != old) {
            return now;
        }
        pause_core();
    }
    // In one order with notify(): either it sees the sleeper, or the sleeper the new value.
    sleepers.fetch_add(1);
    if (value.load() == old) {
        value.wait(old);
    }
    sleepers.fetch_sub(1);
    return value.load(std::memory_order_acquire);
}

/// Wakes sleepers of this number. The library keeps one list for many numbers and would call the
/// system whenever anybody sleeps, an idle pool's workers included: a microsecond for every region.
template <class T>
void ThreadPool::Watched<T>::notify() {
    if (sleepers.load() > 0) {
        value.notify_all();
    }
}

int ThreadPool::resolve(int threads) {
    const int hardware = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    return threads < 1 ? hardware : threads;
}

ThreadPool::ThreadPool(int threads)
    : m_size(resolve(threads))
    , m_shares(static_cast<std::size_t>(m_size)) {
    m_threads.reserve(static_cast<std::size_t>(m_size - 1));
    for (int worker = 1; worker < m_size; ++worker) {
        m_threads.emplace_back([this, worker] { worker_loop(worker); });
    }
}

ThreadPool::~ThreadPool() {
    m_stop.store(true, std::memory_order_relaxed);
    m_generation.value.fetch_add(1);
    m_generation.notify();
    for (std::thread& thread : m_threads) {
        thread.join();
    }
}

void ThreadPool::dispatch(Function function, void* context) {
    m_function = function;
    m_context = context;
    m_pending.value.store(m_size - 1, std::memory_order_relaxed);
    m_generation.value.fetch_add(1);
    m_generation.notify();
    function(context, 0);
    for (std::int32_t left = m_pending.value.load(std::memory_order_acquire); left != 0;) {
        left = m_pending.wait_for_change(left);
    }
}

void ThreadPool::worker_loop(int worker) {
    std::uint32_t seen = 0;
    for (;;) {
        std::uint32_t now = seen;
        while (now == seen) {
            now = m_generation.wait_for_change(seen);
        }
        seen = now;
        if (m_stop.load(std::memory_order_relaxed)) {
            return;
        }
        m_function(m_context, worker);
        if (m_pending.value.fetch_sub(1) == 1) {
            m_pending.notify();
        }
    }
}

} // namespace headroom
