package dev.kontext4j.engine.internal.torch;

import static dev.kontext4j.engine.internal.torch.CLibrary.function;
import static dev.kontext4j.engine.internal.torch.CLibrary.procedure;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/// libtorch's stable C functions, bound to a library.
record TorchFunctions(
    MethodHandle abiVersion,
    MethodHandle callDispatcher,
    MethodHandle newTensorHandle,
    MethodHandle deleteTensor,
    MethodHandle emptyStrided,
    MethodHandle tensorFromBlob,
    MethodHandle scalarTensor,
    MethodHandle subtract,
    MethodHandle productsOnCpu,
    MethodHandle dataPointer,
    MethodHandle dimensions,
    MethodHandle sizes,
    MethodHandle elementType,
    MethodHandle deviceType,
    MethodHandle deviceIndex,
    MethodHandle newList,
    MethodHandle pushBack,
    MethodHandle newString,
    MethodHandle setGradMode) {

  static TorchFunctions bind(SymbolLookup torch) {
    return new TorchFunctions(
        function(torch, "aoti_torch_abi_version", JAVA_LONG),
        // (operator, overload, stack, ABI version)
        function(torch, "torch_call_dispatcher", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG),
        function(torch, "aoti_torch_new_tensor_handle", JAVA_INT, JAVA_LONG, ADDRESS),
        function(torch, "aoti_torch_delete_tensor_object", JAVA_INT, JAVA_LONG),
        // (rank, sizes, strides, element type, device type, device index, result)
        function(
            torch,
            "aoti_torch_empty_strided",
            JAVA_INT,
            JAVA_LONG,
            ADDRESS,
            ADDRESS,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            ADDRESS),
        // (data, rank, sizes, strides, offset, element type, device type, device index, result)
        function(
            torch,
            "aoti_torch_create_tensor_from_blob",
            JAVA_INT,
            JAVA_LONG,
            JAVA_LONG,
            ADDRESS,
            ADDRESS,
            JAVA_LONG,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            ADDRESS),
        function(torch, "aoti_torch_scalar_to_tensor_float32", JAVA_INT, JAVA_FLOAT, ADDRESS),
        // (self, other, alpha, result)
        function(
            torch,
            "aoti_torch_aten_subtract_Tensor",
            JAVA_INT,
            JAVA_LONG,
            JAVA_LONG,
            JAVA_DOUBLE,
            ADDRESS),
        // (result, added, left, right, factor of what is added, factor of the product)
        function(
            torch,
            "aoti_torch_cpu_baddbmm_out",
            JAVA_INT,
            JAVA_LONG,
            JAVA_LONG,
            JAVA_LONG,
            JAVA_LONG,
            JAVA_DOUBLE,
            JAVA_DOUBLE),
        function(torch, "aoti_torch_get_data_ptr", JAVA_INT, JAVA_LONG, ADDRESS),
        function(torch, "aoti_torch_get_dim", JAVA_INT, JAVA_LONG, ADDRESS),
        function(torch, "aoti_torch_get_sizes", JAVA_INT, JAVA_LONG, ADDRESS),
        function(torch, "aoti_torch_get_dtype", JAVA_INT, JAVA_LONG, ADDRESS),
        function(torch, "aoti_torch_get_device_type", JAVA_INT, JAVA_LONG, ADDRESS),
        function(torch, "aoti_torch_get_device_index", JAVA_INT, JAVA_LONG, ADDRESS),
        function(torch, "torch_new_list_reserve_size", JAVA_INT, JAVA_LONG, ADDRESS),
        function(torch, "torch_list_push_back", JAVA_INT, JAVA_LONG, JAVA_LONG),
        function(torch, "torch_new_string_handle", JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS),
        procedure(torch, "aoti_torch_grad_mode_set_enabled", JAVA_BOOLEAN));
  }
}
