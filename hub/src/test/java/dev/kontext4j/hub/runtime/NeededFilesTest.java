package dev.kontext4j.hub.runtime;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Names as they are in the wheels.
class NeededFilesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "torch/lib/libtorch_cpu.so",
        "torch/lib/libtorch_cuda.so",
        "torch/lib/libtorch_cuda_linalg.so",
        "torch/lib/libtorch_nvshmem.so",
        "torch/lib/libcaffe2_nvrtc.so",
        "torch/lib/libgomp.so.1",
        "nvidia/cu13/lib/libcudart.so.13",
        "nvidia/cu13/lib/libnvrtc.so.13",
        "nvidia/cu13/lib/libnvrtc-builtins.so.13.0",
        "nvidia/cu13/lib/libcusolver.so.12",
        "nvidia/cudnn/lib/libcudnn_engines_precompiled.so.9",
        "nvidia/nvshmem/lib/libnvshmem_host.so.3",
        "torch-2.11.0.dist-info/licenses/LICENSE",
        "torch-2.11.0.dist-info/licenses/NOTICE",
        "nvidia_cudnn_cu13-9.19.0.56.dist-info/License.txt",
        "nvidia/cusparselt/LICENSE.txt"
      })
  void stay(String path) {
    assertTrue(NeededFiles.contain(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "torch/__init__.py",
        "torch/_C.cpython-312-x86_64-linux-gnu.so",
        "torch/bin/protoc",
        "torch/include/ATen/ATen.h",
        "torch/lib/libtorch_python.so",
        "torch/lib/libshm/lib/libx.so",
        "torch/test/libtorchbind_test.so",
        "nvidia/cu13/include/cuda.h",
        "nvidia/cu13/lib/libcudart_static.a",
        "nvidia/cu13/lib/libnvrtc.alt.so.13",
        "nvidia/cu13/lib/libnvrtc-builtins.alt.so.13.0",
        "nvidia/cu13/lib/libcusolverMg.so.12",
        "nvidia/cu13/lib/libnvperf_host.so",
        "nvidia/cu13/lib/libcufile_rdma.so.1",
        "nvidia/nvshmem/lib/nvshmem_bootstrap_mpi.so.3",
        "nvidia/nvshmem/lib/libnvshmem_device.bc",
        "torch-2.11.0.dist-info/RECORD",
        "bin/torchrun",
        ".pip/pip.log"
      })
  void go(String path) {
    assertFalse(NeededFiles.contain(path));
  }
}
