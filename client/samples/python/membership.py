"""Prints a user's role in an organization: membership.py TARGET CA TOKEN-FILE ORGANIZATION USERNAME

With grpcio, protobuf, and the stubs that grpcio-tools makes of the folder proto/:
python3 -m grpc_tools.protoc -I proto/third_party -I proto --python_out=. --grpc_python_out=. proto/accounts/v1/*.proto \
    proto/third_party/buf/validate/validate.proto
"""
import os
import pathlib
import sys

import grpc
from accounts.v1 import account_pb2, account_service_pb2, account_service_pb2_grpc

target, ca, token_file, organization, username = sys.argv[1:]
proto = pathlib.Path(os.environ.get("ACCOUNTS_PROTO", "proto"))  # a copy of the folder proto/


def bearer(context, done):  # for each call: the token is replaced before it expires
    done([("authorization", "Bearer " + pathlib.Path(token_file).read_text().strip())], None)


credentials = grpc.composite_channel_credentials(
    grpc.ssl_channel_credentials(pathlib.Path(ca).read_bytes()), grpc.metadata_call_credentials(bearer))
options = [
    ("grpc.service_config", (proto / "accounts/v1/service_config.json").read_text()),
    ("grpc.service_config_disable_resolution", 1),
    ("grpc.keepalive_time_ms", 30_000),
]
with grpc.secure_channel(target, credentials, options) as channel:  # one for the process, not one for each call
    request = account_service_pb2.GetMembershipRequest(organization_name=organization, username=username)
    try:
        response = account_service_pb2_grpc.AccountServiceStub(channel).GetMembership(request, timeout=1)
        print(account_pb2.Role.Name(response.membership.role))
    except grpc.RpcError as error:
        print(f"{error.code().name}: {error.details()}")
