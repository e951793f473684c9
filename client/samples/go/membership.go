// Prints a user's role in an organization: membership TARGET CA TOKEN-FILE ORGANIZATION USERNAME
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"strings"
	"time"

	accounts "example.com/accounts/v1" // what protoc-gen-go and protoc-gen-go-grpc make of the folder proto/
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	_ "google.golang.org/grpc/health" // without it the health checks of the service config are not made
	"google.golang.org/grpc/keepalive"
)

// bearer is the name of a file, read for each call: the token in it is replaced before it expires.
type bearer string

func (file bearer) GetRequestMetadata(context.Context, ...string) (map[string]string, error) {
	token, err := os.ReadFile(string(file))
	return map[string]string{"authorization": "Bearer " + strings.TrimSpace(string(token))}, err
}

func (bearer) RequireTransportSecurity() bool { return true }

func main() {
	target, ca, tokenFile, organization, username := os.Args[1], os.Args[2], os.Args[3], os.Args[4], os.Args[5]
	tls, err := credentials.NewClientTLSFromFile(ca, "")
	fail(err)
	config, err := os.ReadFile("proto/accounts/v1/service_config.json")
	fail(err)
	connection, err := grpc.NewClient(target, grpc.WithTransportCredentials(tls), grpc.WithPerRPCCredentials(bearer(tokenFile)),
		grpc.WithDefaultServiceConfig(string(config)), grpc.WithDisableServiceConfig(),
		grpc.WithKeepaliveParams(keepalive.ClientParameters{Time: 30 * time.Second}))
	fail(err)
	defer connection.Close() // at the end of the process, not after each call
	within, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	response, err := accounts.NewAccountServiceClient(connection).GetMembership(within,
		&accounts.GetMembershipRequest{OrganizationName: organization, Username: username})
	fail(err)
	fmt.Println(response.GetMembership().GetRole())
}

func fail(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
