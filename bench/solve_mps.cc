// SPDX-License-Identifier: Apache-2.0
// solve_mps FILE SECONDS: CBC, as a library, on a mixed-integer programme.
#include <fmt/format.h>

#include <CbcModel.hpp>
#include <OsiClpSolverInterface.hpp>
#include <chrono>
#include <cstdlib>

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  OsiClpSolverInterface solver;
  solver.messageHandler()->setLogLevel(0);
  if (solver.readMps(argv[1], "") != 0) return 3;
  const auto start = std::chrono::steady_clock::now();
  CbcModel cbc(solver);
  cbc.setLogLevel(0);
  cbc.setMaximumSeconds(std::atof(argv[2]));
  cbc.branchAndBound();
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  fmt::print("  CBC    {:.4f}  bound {:.4f}  {:.1f} s (objective of the tangents)\n",
             cbc.getObjValue(), cbc.getBestPossibleObjValue(), seconds.count());
  return 0;
}
