#!/bin/sh
JAVA_OPTS="${JAVA_OPTS:--XX:MaxRAMPercentage=75.0}"
if [ "$DEBUG" = "true" ]; then
	JAVA_OPTS="$JAVA_OPTS -agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=*:5005"
fi

echo "Starting with $JAVA_OPTS"
TZ="${TZ:-UTC}" $JAVA_HOME/bin/java $JAVA_OPTS \
	-Djava.security.egd=file:/dev/./urandom \
	-jar app.jar
