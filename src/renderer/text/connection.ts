export const connectionWords = {
  offline: 'You are offline. What you write is sent when you are back.',
  connecting: 'Reconnecting… What you write is sent when we are back.',
  connectingFirst: 'Connecting…',
  retryIn: (seconds: number) => `Reconnecting in ${seconds} s. What you write is sent when we are back.`,
  hostGone:
    'The host cannot be reached. Their computer may be asleep or Parlor closed. What you write is kept and sent when it is back.',
  crowded:
    'The server has as many connections from your network as it takes. We keep trying, and what you write is kept.',
  resuming: 'Catching up…',
  tryNow: 'Try now',
  restarting: 'The room server on this computer is restarting. Nothing is lost.',
  starting: 'The room server on this computer is starting…',
  stopped: 'This computer is not hosting now, so nobody can reach this room.',
  status: {
    offline: 'offline',
    connecting: 'reconnecting…',
    resuming: 'catching up…',
    online: 'online',
    refused: 'refused',
  },
}
