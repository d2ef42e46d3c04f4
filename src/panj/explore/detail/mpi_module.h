// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the module `panj_mpi` offers: MPI behind five functions with C linkage, found by name.
extern "C" {
void panj_mpi_start(unsigned* rank, unsigned* size);
void panj_mpi_wait_for_all();
void panj_mpi_abort(int exit_code);
void panj_mpi_stop();
}
