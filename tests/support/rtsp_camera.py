#!/usr/bin/env python3
"""An RTSP camera for tests on this computer: sends the JPEG files of a folder in turn, for ever.

    rtsp_camera.py PORT FOLDER RATE      (frames are FOLDER/0000.jpg, 0001.jpg, ...; 4:2:0 colour)

Needs python3-gi, gir1.2-gst-rtsp-server-1.0 and gstreamer1.0-plugins-good; exits with 77 without.
Prints "ready" and ends with its standard input.
"""
import os
import sys
import threading

try:
    import gi
    gi.require_version("Gst", "1.0")
    gi.require_version("GstRtspServer", "1.0")
    from gi.repository import GLib, Gst, GstRtspServer
except (ImportError, ValueError):
    sys.exit(77)

port, folder, rate = sys.argv[1:4]
Gst.init(None)
for element in ("multifilesrc", "rtpjpegpay", "jpegparse"):
    if Gst.ElementFactory.find(element) is None:
        sys.exit(77)
server = GstRtspServer.RTSPServer.new()
server.set_address("127.0.0.1")
server.set_service(port)
factory = GstRtspServer.RTSPMediaFactory.new()
factory.set_launch(
    f'( multifilesrc location="{folder}/%04d.jpg" loop=true do-timestamp=true '
    f"caps=image/jpeg,framerate={rate}/1 ! jpegparse ! identity sync=true "
    "! rtpjpegpay name=pay0 pt=26 )")
factory.set_shared(True)
server.get_mount_points().add_factory("/live", factory)
if server.attach(None) == 0:
    sys.exit(1)
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
print("ready", flush=True)
GLib.MainLoop().run()
