// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/detail/mpi_module.h"

#include <mpi.h>

void panj_mpi_start(unsigned* rank, unsigned* size) {
  int number = 0;
  MPI_Init(nullptr, nullptr);
  MPI_Comm_rank(MPI_COMM_WORLD, &number);
  *rank = static_cast<unsigned>(number);
  MPI_Comm_size(MPI_COMM_WORLD, &number);
  *size = static_cast<unsigned>(number);
}

void panj_mpi_wait_for_all() {
  MPI_Barrier(MPI_COMM_WORLD);
}

void panj_mpi_abort(int exit_code) {
  MPI_Abort(MPI_COMM_WORLD, exit_code);
}

void panj_mpi_stop() {
  MPI_Finalize();
}
