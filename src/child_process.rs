//! Programs that we start end with us, however we end.

use std::collections::BTreeSet;
use std::io;
use std::process::{Child, Command};
use std::sync::{Mutex, MutexGuard, PoisonError};

use nix::sys::signal::{Signal, killpg};
use nix::unistd::{Pid, getppid};

/// Leaders of the process groups that [`kill_groups`] ends.
static GROUPS: Mutex<BTreeSet<u32>> = Mutex::new(BTreeSet::new());

fn groups() -> MutexGuard<'static, BTreeSet<u32>> {
    GROUPS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The process group of a program that is soon over. Dropping it leaves the program alone.
#[derive(Debug)]
pub(crate) struct Group(u32);

impl Group {
    pub(crate) fn of(leader: &Child) -> Self {
        groups().insert(leader.id());
        Self(leader.id())
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        groups().remove(&self.0);
    }
}

/// Ends all of them, for an end that unwinds no stack.
pub(crate) fn kill_groups() {
    groups().iter().copied().for_each(kill_group);
}

/// Ends a process group.
pub(crate) fn kill_group(leader: u32) {
    // The group outlives its leader as long as the browser is in it; that none is left is no error.
    let _ = killpg(Pid::from_raw(leader.cast_signed()), Signal::SIGKILL);
}

/// The system kills the program when the thread ends that starts it, as it does when we are killed.
#[cfg(target_os = "linux")]
#[allow(unsafe_code)]
pub(crate) fn die_with_parent(command: &mut Command) {
    use std::os::unix::process::CommandExt;

    let parent = std::process::id().cast_signed();
    // SAFETY: between fork and exec only async-signal-safe calls are allowed; prctl and getppid are, and nothing allocates.
    unsafe {
        command.pre_exec(move || {
            nix::sys::prctl::set_pdeathsig(Signal::SIGKILL)?;
            // We may have been killed before the signal was asked for.
            if getppid().as_raw() == parent {
                Ok(())
            } else {
                Err(io::ErrorKind::NotConnected.into())
            }
        });
    }
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn die_with_parent(_command: &mut Command) {}
