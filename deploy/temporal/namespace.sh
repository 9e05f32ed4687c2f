#!/bin/sh
# Registers the namespace of the cases once the server answers; an existing one stays as it is.
set -eu
tries=0
until temporal operator cluster health; do
    tries=$((tries + 1))
    test "$tries" -lt 60 || { echo "Temporal did not answer for two minutes."; exit 1; }
    sleep 2
done
temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" \
    || temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention 720h
