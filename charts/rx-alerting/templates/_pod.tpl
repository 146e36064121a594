{{/* The pod of the service: the same in a Deployment and in a StatefulSet. Takes root and data, the volume at /data. */}}
{{- define "rx-alerting.pod" -}}
{{- $root := .root -}}
{{- with $root.Values -}}
metadata:
  labels:
    {{- $selector := include "rx-alerting.selector" $root | fromYaml }}
    {{- merge $selector .podLabels (include "rx-alerting.labels" $root | fromYaml) | toYaml | nindent 4 }}
  annotations:
    # Settings are read at the start, so a change of them replaces the pods.
    checksum/config: {{ include (print $root.Template.BasePath "/configmap.yaml") $root | sha256sum }}
    {{- with .podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  serviceAccountName: {{ include "rx-alerting.serviceAccountName" $root }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  terminationGracePeriodSeconds: {{ include "rx-alerting.gracePeriod" $root }}
  securityContext:
    {{- toYaml .podSecurityContext | nindent 4 }}
  {{- range $field := list "imagePullSecrets" "nodeSelector" "tolerations" "affinity" "hostAliases" "dnsConfig" "initContainers" }}
  {{- with get $root.Values $field }}
  {{ $field }}:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- end }}
  {{- range $field := list "priorityClassName" "runtimeClassName" "schedulerName" "dnsPolicy" }}
  {{- with get $root.Values $field }}
  {{ $field }}: {{ . | quote }}
  {{- end }}
  {{- end }}
  {{- if and .topologySpreadConstraints (eq (include "rx-alerting.partitioning" $root) "by-property") }}
  topologySpreadConstraints:
    {{- range .topologySpreadConstraints }}
    {{- $own := dict "labelSelector" (dict "matchLabels" (include "rx-alerting.selector" $root | fromYaml)) }}
    {{- list (merge (deepCopy .) $own) | toYaml | nindent 4 }}
    {{- end }}
  {{- end }}
  containers:
    - name: rx-alerting
      image: {{ include "rx-alerting.image" $root }}
      imagePullPolicy: {{ .image.pullPolicy }}
      args:
        - run
        - --listen
        - {{ ternary "https" "http" (ne .tls.secretName "") }}://{{ .listenHost }}:8080
        {{- range .extraArgs }}
        - {{ . | quote }}
        {{- end }}
      envFrom:
        - configMapRef:
            name: {{ include "rx-alerting.fullname" $root }}
        {{- with .extraEnvFrom }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      env:
        {{- if (.resources.limits).memory }}
        # The runtime reads this as a hexadecimal number.
        - name: DOTNET_GCHeapHardLimitPercent
          value: {{ printf "0x%X" (int .heapPercent) | quote }}
        {{- end }}
        {{- range $key, $from := .secrets }}
        {{- if include "rx-alerting.hasFileForm" (dict "root" $root "key" $key) }}
        - name: {{ include "rx-alerting.variable" $key }}File
          value: /etc/rx-alerting/secrets/{{ replace ":" "." $key }}
        {{- else }}
        - name: {{ include "rx-alerting.variable" $key }}
          valueFrom:
            secretKeyRef:
              name: {{ $from.name }}
              key: {{ $from.key }}
        {{- end }}
        {{- end }}
        {{- with .extraEnv }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      ports:
        - name: http
          containerPort: 8080
        - name: metrics
          containerPort: {{ .metrics.port }}
      {{- range $probe, $path := dict "startup" "startup" "liveness" "live" "readiness" "ready" }}
      {{- with get $root.Values.probes $probe }}
      {{- if .enabled }}
      {{ $probe }}Probe:
        httpGet:
          path: /health/{{ $path }}
          port: metrics
        {{- omit . "enabled" | toYaml | nindent 8 }}
      {{- end }}
      {{- end }}
      {{- end }}
      resources:
        {{- toYaml .resources | nindent 8 }}
      securityContext:
        {{- toYaml .securityContext | nindent 8 }}
      volumeMounts:
        - name: data
          mountPath: /data
        - name: tmp
          mountPath: /tmp
        {{- if include "rx-alerting.secretFiles" $root }}
        - name: secrets
          mountPath: /etc/rx-alerting/secrets
          readOnly: true
        {{- end }}
        {{- if .files }}
        - name: files
          mountPath: /etc/rx-alerting/files
          readOnly: true
        {{- end }}
        {{- if .tls.secretName }}
        - name: tls
          mountPath: /etc/rx-alerting/tls
          readOnly: true
        {{- end }}
        {{- with .extraVolumeMounts }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
  volumes:
    {{- with $.data }}
    - name: data
      {{- toYaml . | nindent 6 }}
    {{- end }}
    - name: tmp
      emptyDir:
        sizeLimit: {{ .tmp.sizeLimit }}
    {{- with include "rx-alerting.secretFiles" $root }}
    - name: secrets
      projected:
        defaultMode: 0440
        sources:
          {{- . | trim | nindent 10 }}
    {{- end }}
    {{- if .files }}
    - name: files
      configMap:
        name: {{ include "rx-alerting.fullname" $root }}-files
    {{- end }}
    {{- if .tls.secretName }}
    - name: tls
      secret:
        secretName: {{ .tls.secretName }}
        defaultMode: 0440
    {{- end }}
    {{- with .extraVolumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- end -}}
{{- end -}}

{{/* Sources of the volume with secrets: a file for each option that has a …File form. Empty if there is none. */}}
{{- define "rx-alerting.secretFiles" -}}
{{- range $key, $from := .Values.secrets }}
{{- if include "rx-alerting.hasFileForm" (dict "root" $ "key" $key) }}
- secret:
    name: {{ $from.name }}
    items:
      - key: {{ $from.key }}
        path: {{ replace ":" "." $key }}
{{- end }}
{{- end }}
{{- end -}}
