package accounts.grpc;

import accounts.v1.AccountServiceProto;
import accounts.v1.UpdateUserRequest;
import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import build.buf.protovalidate.exceptions.ValidationException;
import build.buf.validate.MessageRules;
import build.buf.validate.Rule;
import build.buf.validate.ValidateProto;
import build.buf.validate.Violation;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.StructTypeReference;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rules of the contract, evaluated by protovalidate.
 *
 * <p>Those of {@link UpdateUserRequest} that span fields are evaluated by CEL's older runtime: the
 * one that protovalidate uses takes a {@code FieldMask} for a text
 * (https://github.com/cel-expr/cel-java/pull/1074) and fails on every such request.
 */
final class ContractRules {

  private final Validator fieldRules = ValidatorFactory.newBuilder().build();
  private final Descriptor updateUserFieldsOnly;
  private final Map<String, CelRuntime.Program> updateUserMessageRules = new LinkedHashMap<>();

  ContractRules() {
    try {
      this.updateUserFieldsOnly = withoutMessageRules(UpdateUserRequest.getDescriptor());
      for (Rule rule : messageRules().getCelList()) {
        updateUserMessageRules.put(rule.getId(), program(rule.getExpression()));
      }
    } catch (DescriptorValidationException | CelValidationException | CelEvaluationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MessageRules messageRules() {
    return UpdateUserRequest.getDescriptor().getOptions().getExtension(ValidateProto.message);
  }

  private static CelRuntime.Program program(String expression)
      throws CelValidationException, CelEvaluationException {
    Descriptor type = UpdateUserRequest.getDescriptor();
    CelCompiler compiler =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addMessageTypes(type)
            .addVar("this", StructTypeReference.create(type.getFullName()))
            .build();
    CelRuntime runtime = CelRuntimeFactory.legacyCelRuntimeBuilder().addMessageTypes(type).build();
    return runtime.createProgram(compiler.compile(expression).getAst());
  }

  private static Descriptor withoutMessageRules(Descriptor type)
      throws DescriptorValidationException {
    FileDescriptor file = AccountServiceProto.getDescriptor();
    FileDescriptorProto.Builder stripped = file.toProto().toBuilder();
    for (DescriptorProto.Builder message : stripped.getMessageTypeBuilderList()) {
      if (message.getName().equals(type.getName())) {
        message.clearOptions();
      }
    }
    FileDescriptor[] imports = file.getDependencies().toArray(FileDescriptor[]::new);
    return FileDescriptor.buildFrom(stripped.build(), imports)
        .findMessageTypeByName(type.getName());
  }

  /** Returns what the contract finds wrong with a request. */
  List<Violation> violations(Message request)
      throws ValidationException, InvalidProtocolBufferException, CelEvaluationException {
    if (!(request instanceof UpdateUserRequest)) {
      return byFieldRules(request);
    }
    List<Violation> violations = new ArrayList<>(byMessageRules(request));
    violations.addAll(
        byFieldRules(DynamicMessage.parseFrom(updateUserFieldsOnly, request.toByteString())));
    return violations;
  }

  private List<Violation> byFieldRules(Message request) throws ValidationException {
    return fieldRules.validate(request).toProto().getViolationsList();
  }

  private List<Violation> byMessageRules(Message request) throws CelEvaluationException {
    List<Violation> violations = new ArrayList<>();
    for (var rule : updateUserMessageRules.entrySet()) {
      if (!Boolean.TRUE.equals(rule.getValue().eval(Map.of("this", request)))) {
        violations.add(Violation.newBuilder().setRuleId(rule.getKey()).build());
      }
    }
    return violations;
  }
}
